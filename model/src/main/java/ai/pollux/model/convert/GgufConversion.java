package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.model.families.Models;
import ai.pollux.model.loading.Family;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.NameTable;
import ai.pollux.model.loading.Settings;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.nio.file.Path;
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
    Path file =
        checkpoint
            .companion("config.json")
            .orElseThrow(() ->
                new ModelException(
                    checkpoint.path() + ": expected a folder with config.json beside the weights"));
    Settings whole = Settings.ofJson(file);
    String type = whole.text("model_type");
    Family family =
        Models.FAMILIES.stream()
            .filter(each -> each.modelTypes().contains(type))
            .findFirst()
            .orElseThrow(() -> whole.wrong("model_type", "a family that Pollux knows"));
    return new GgufConversion(
        checkpoint, family, whole.has("text_config") ? whole.section("text_config") : whole);
  }

  /** The architecture as GGUF spells it. */
  public String name() {
    return architecture.name();
  }

  /** V: rows of the embedding. */
  public int vocabulary() {
    return checkpoint.names().stream()
        .filter(name -> names.ours(name).filter("embedding"::equals).isPresent())
        .map(name -> Math.toIntExact(checkpoint.entry(name).shape().getFirst()))
        .findFirst()
        .orElseThrow();
  }

  /** A writer with all but the vocabulary. */
  public GgufWriter writer(Recipe recipe) {
    GgufWriter writer =
        new GgufWriter()
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
    return writer;
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
    float plus = names.plus(ours) - target.plus(ours);
    writer.tensor(name, format, shape, Rows.of(entry, format, plus, order(ours, shape)));
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
