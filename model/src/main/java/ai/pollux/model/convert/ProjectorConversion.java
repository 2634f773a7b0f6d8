package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.model.families.Source;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.NameTable;
import ai.pollux.tensor.quant.BlockFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * What sees and hears in a Hugging Face folder as a GGUF of its own, which llama.cpp calls a
 * projector: sizes, names and values as its converter has them.
 */
public final class ProjectorConversion {
  private final Checkpoint checkpoint;
  private final Encoders encoders;
  private final NameTable names;
  private final NameTable target;

  private ProjectorConversion(
      Checkpoint checkpoint, Encoders encoders, NameTable names, NameTable target) {
    this.checkpoint = checkpoint;
    this.encoders = encoders;
    this.names = names;
    this.target = target;
  }

  /**
   * The conversion of a folder's encoders, if it has any; the checkpoint stays open until it is
   * written.
   *
   * @throws ModelException if it is of no family that Pollux knows
   */
  public static Optional<ProjectorConversion> of(Checkpoint checkpoint) {
    Source source = Source.of(checkpoint);
    NameTable names = source.names();
    boolean sees = has(checkpoint, names, "vision.projection");
    boolean hears = has(checkpoint, names, "audio.projection");
    return Encoders.of(checkpoint, source.settings().whole(), sees, hears)
        .map(encoders ->
            new ProjectorConversion(
                checkpoint, encoders, names, source.family().names(Format.GGUF)));
  }

  private static boolean has(Checkpoint checkpoint, NameTable names, String ours) {
    return checkpoint.names().stream()
        .anyMatch(name -> names.ours(name).filter(ours::equals).isPresent());
  }

  /** A writer of the file. */
  public GgufWriter writer(ProjectorRecipe recipe) {
    GgufWriter writer =
        new GgufWriter()
            .madeOf(checkpoint)
            .put("general.architecture", MetadataValue.text("clip"))
            .put("general.type", MetadataValue.text("mmproj"))
            .put(
                "general.name",
                MetadataValue.text(
                    String.valueOf(checkpoint.path().toAbsolutePath().normalize().getFileName())))
            .put("general.file_type", MetadataValue.uint32(recipe.fileType()))
            .put("general.quantization_version", MetadataValue.uint32(2));
    encoders.describe(writer);
    for (String name : checkpoint.names()) {
      Optional<String> ours =
          names.ours(name).filter(each -> each.startsWith("vision.") || each.startsWith("audio."));
      Optional<String> theirs = ours.flatMap(each -> names.translated(name, target));
      theirs.ifPresent(
          each -> tensor(writer, recipe, ours.orElseThrow(), each, checkpoint.entry(name)));
    }
    return writer;
  }

  private void tensor(
      GgufWriter writer, ProjectorRecipe recipe, String ours, String name, Entry entry) {
    List<Long> from = entry.shape().isEmpty() ? List.of(1L) : entry.shape();
    List<Long> shape = shape(ours, from);
    BlockFormat format = recipe.format(encoders.kind(), name, shape);
    writer.tensor(name, format, shape, rows(ours, entry, from, format));
  }

  private List<Long> shape(String ours, List<Long> shape) {
    if (isSquares(ours)) {
      long side = side(shape);
      return List.of(shape.getFirst(), 3L, side, side);
    }
    if (isAlternating(ours)) {
      return List.of(shape.get(1), shape.getFirst(), shape.getLast());
    }
    boolean isNarrow = ours.endsWith("convolution.kernel") && shape.size() == 3;
    if (isNarrow && ours.startsWith("audio.blocks.")) {
      return List.of(shape.getFirst(), shape.getLast());
    }
    boolean isImage = ours.equals("vision.stemBias");
    return isImage ? List.of(1L, shape.getFirst(), 1L, 1L) : shape;
  }

  private TensorSource rows(String ours, Entry entry, List<Long> shape, BlockFormat format) {
    if (ours.equals("vision.stemBias")) {
      return Rows.gathered(entry, format, 1, LongUnaryOperator.identity());
    }
    boolean isPatchNorm = ours.startsWith("vision.patchNorm.");
    if (isSquares(ours) || isPatchNorm || isUnifiedPatches(ours)) {
      long side = side(shape);
      int rowSize = (int) (isSquares(ours) ? side : shape.getLast());
      return Rows.gathered(entry, format, rowSize, coloursFirst(side));
    }
    if (isAlternating(ours)) {
      long places = shape.getFirst();
      LongUnaryOperator order = row -> row % places * 2 + row / places;
      return Rows.of(entry, format, Rows.Change.NONE, order);
    }
    boolean isScale =
        ours.endsWith("attention.queryScale") && encoders.kind() == Encoders.Kind.GEMMA4;
    Rows.Change change =
        isScale
            ? value -> (float) Math.log1p(Math.exp(value))
            : Rows.Change.plus(names.plus(ours) - target.plus(ours));
    return Rows.of(entry, format, change, LongUnaryOperator.identity());
  }

  /** Gemma 4's patches, which GGUF has as a convolution. */
  private boolean isSquares(String ours) {
    return ours.equals("vision.patches") && encoders.kind() == Encoders.Kind.GEMMA4;
  }

  private boolean isUnifiedPatches(String ours) {
    return ours.equals("vision.patches") && encoders.kind() == Encoders.Kind.GEMMA4_UNIFIED;
  }

  /** Places of columns and rows by turns, which GGUF has one after the other. */
  private boolean isAlternating(String ours) {
    return ours.equals("vision.positions") && encoders.kind() == Encoders.Kind.GEMMA4_UNIFIED;
  }

  private static long side(List<Long> shape) {
    return Math.round(Math.sqrt(shape.getLast() / 3.0));
  }

  /** Where a value of a patch by colour, row, column stands in one by row, column, colour. */
  private static LongUnaryOperator coloursFirst(long side) {
    long pixels = side * side;
    return index -> {
      long within = index % (3 * pixels);
      return index - within + within % pixels * 3 + within / pixels;
    };
  }
}
