package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.model.families.Models;
import ai.pollux.model.families.Source;
import ai.pollux.model.loading.Family;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.NameTable;
import ai.pollux.model.loading.Settings;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * The decoder of a Hugging Face folder as GGUF: sizes, names and values as llama.cpp's converter
 * has them. The vocabulary is put by who knows tokenizers.
 */
public final class GgufConversion {
  private static final String HEAD = "head";

  private final Checkpoint checkpoint;
  private final Architecture architecture;
  private final NameTable names;
  private final NameTable target;
  private final boolean tied;

  private GgufConversion(Checkpoint checkpoint, Family family, Settings settings) {
    this.checkpoint = checkpoint;
    architecture = new Architecture(family.name(), settings);
    names = family.names(Format.HUGGING_FACE);
    target = family.names(Format.GGUF);
    boolean usually = family.name().startsWith("gemma");
    tied =
        settings.flag("tie_word_embeddings", settings.whole().flag("tie_word_embeddings", usually));
  }

  /**
   * The conversion of a folder's decoder; the checkpoint stays open until it is written.
   *
   * @throws ModelException if it is not a whole model of a family that can be converted
   */
  public static GgufConversion of(Checkpoint checkpoint) {
    Models.inspect(checkpoint); // refuses what is not a whole model
    Source source = Source.of(checkpoint);
    return new GgufConversion(checkpoint, source.family(), source.settings());
  }

  /** The architecture as GGUF spells it. */
  public String name() {
    return architecture.name();
  }

  /** V: rows of the embedding in the new file. */
  public int vocabulary() {
    int rows =
        checkpoint.names().stream()
            .filter(name -> names.ours(name).filter("embedding"::equals).isPresent())
            .map(name -> Math.toIntExact(checkpoint.entry(name).shape().getFirst()))
            .findFirst()
            .orElseThrow();
    return isNested() ? Math.max(rows, architecture.settings().size("vocab_size")) : rows;
  }

  /** A writer with all but the vocabulary. */
  public GgufWriter writer(Recipe recipe) {
    GgufWriter writer =
        new GgufWriter()
            .madeOf(checkpoint)
            .put("general.architecture", MetadataValue.text(name()))
            .put("general.type", MetadataValue.text("model"))
            .put(
                "general.name",
                MetadataValue.text(
                    String.valueOf(checkpoint.path().toAbsolutePath().normalize().getFileName())));
    architecture.describe(writer);
    writer.put("general.file_type", MetadataValue.uint32(recipe.fileType()));
    writer.put("general.quantization_version", MetadataValue.uint32(2));
    factors(writer);
    for (String name : checkpoint.names()) {
      names
          .ours(name)
          .filter(ours -> !isLeftOut(ours))
          .ifPresent(ours -> tensor(writer, recipe, ours, checkpoint.entry(name)));
    }
    if (isNested()) {
      stacked(writer, recipe, "projection");
      stacked(writer, recipe, "unembedding");
    }
    return writer;
  }

  private boolean isNested() {
    return name().equals("gemma3n");
  }

  /** The matrices of Gemma 3n's streams, which GGUF has as one tensor. */
  private void stacked(GgufWriter writer, Recipe recipe, String part) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < architecture.settings().integerOr("altup_num_inputs", 4, 1, 64) - 1; i++) {
      String ours = "altUp.%d.%s".formatted(i, part);
      checkpoint.names().stream()
          .filter(name -> names.ours(name).filter(ours::equals).isPresent())
          .forEach(name -> entries.add(checkpoint.entry(name)));
    }
    String name = target.theirs("altUp." + part + "s").orElseThrow();
    List<Long> matrix = entries.getFirst().shape();
    List<Long> shape = List.of((long) entries.size(), matrix.getFirst(), matrix.getLast());
    BlockFormat format = recipe.format(name, shape, tied, architecture.blocks());
    long[] rows = entries.stream().mapToLong(entry -> entry.shape().getFirst()).toArray();
    List<TensorSource> sources = entries.stream().map(entry -> Rows.of(entry, format)).toList();
    writer.tensor(name, format, shape, Rows.joined(sources, rows));
  }

  /** Towers go to a file of their own; a head that is the embedding is not written twice. */
  private boolean isLeftOut(String ours) {
    return ours.startsWith("vision.")
        || ours.startsWith("audio.")
        || (tied && ours.equals(HEAD))
        || target.theirs(ours).isEmpty();
  }

  private void tensor(GgufWriter writer, Recipe recipe, String ours, Entry entry) {
    String name = target.theirs(ours).orElseThrow();
    List<Long> shape = entry.shape().isEmpty() ? List.of(1L) : entry.shape();
    BlockFormat format = recipe.format(name, shape, tied, architecture.blocks());
    Rows.Change change = Rows.Change.plus(names.plus(ours) - target.plus(ours));
    TensorSource rows = Rows.of(entry, format, change, order(ours, shape));
    long wanted = isNested() && ours.endsWith("mbedding") ? vocabulary() : shape.getFirst();
    if (wanted == shape.getFirst()) {
      writer.tensor(name, format, shape, rows);
      return;
    }
    // Tokens that stand for what is seen and heard have no rows of their own: zeros.
    long[] counts = {shape.getFirst(), wanted - shape.getFirst()};
    TensorSource zeros = Rows.zeros(format, Math.toIntExact(shape.getLast()));
    writer.tensor(
        name, format, List.of(wanted, shape.getLast()), Rows.joined(List.of(rows, zeros), counts));
  }

  /**
   * GGUF's Llama turns neighbours where Hugging Face's turns halves of a head: its rows of queries
   * and keys are interleaved.
   */
  private LongUnaryOperator order(String ours, List<Long> shape) {
    boolean turned = ours.endsWith("attention.query") || ours.endsWith("attention.key");
    if (!name().equals("llama") || !turned) {
      return LongUnaryOperator.identity();
    }
    int heads = architecture.settings().size("num_attention_heads", 32);
    boolean isKey = ours.endsWith("attention.key");
    long count = isKey ? architecture.settings().size("num_key_value_heads", heads) : heads;
    long headSize = shape.getFirst() / count;
    return row -> {
      long within = row % headSize;
      return row - within + within % 2 * (headSize / 2) + within / 2;
    };
  }

  private void factors(GgufWriter writer) {
    float[] factors = RopeFactors.of(name(), architecture.settings());
    if (factors.length > 0) {
      TensorSource source =
          TensorSource.encoding(
              Formats.F32,
              factors.length,
              (row, values) -> System.arraycopy(factors, 0, values, 0, factors.length));
      writer.tensor("rope_freqs.weight", Formats.F32, List.of((long) factors.length), source);
    }
  }
}
