package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.SafetensorsWriter;
import ai.pollux.model.families.Models;
import ai.pollux.model.families.Source;
import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.NameTable;
import ai.pollux.tensor.quant.BlockFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongUnaryOperator;

/**
 * The decoder of a GGUF as a Hugging Face folder: settings, names and values of the family's model
 * of text alone, blocks widened to plain numbers. Who knows tokenizers puts the vocabulary beside.
 */
public final class FolderConversion {
  private final Checkpoint checkpoint;
  private final Source source;
  private final NameTable target;

  private FolderConversion(Checkpoint checkpoint, Source source) {
    this.checkpoint = checkpoint;
    this.source = source;
    this.target = source.family().names(Format.HUGGING_FACE);
  }

  /**
   * The conversion of a GGUF; the checkpoint stays open until it is written.
   *
   * @throws ModelException if it is not a whole model of a family that Pollux knows
   */
  public static FolderConversion of(Checkpoint checkpoint) {
    Models.inspect(checkpoint); // refuses what is not a whole model
    return new FolderConversion(checkpoint, Source.of(checkpoint));
  }

  /** What {@code config.json} says. */
  public Map<String, Object> config(BlockFormat format) {
    FolderConfig config = new FolderConfig(source.family().name(), source.settings(), checkpoint);
    String type =
        switch (format.name()) {
          case "F16" -> "float16";
          case "BF16" -> "bfloat16";
          default -> "float32";
        };
    return config.settings(type);
  }

  /**
   * A writer of the weights.
   *
   * @param format F32, F16 or BF16
   */
  public SafetensorsWriter writer(BlockFormat format) {
    SafetensorsWriter writer = new SafetensorsWriter().madeOf(checkpoint);
    NameTable names = source.names();
    for (String name : checkpoint.names()) {
      Optional<String> ours = names.ours(name);
      if (ours.isEmpty() || ours.get().startsWith("vision.") || ours.get().startsWith("audio.")) {
        continue;
      }
      Entry entry = checkpoint.entry(name);
      if (ours.get().matches("altUp\\.(un)?\\w+s")) {
        streams(writer, ours.get(), entry, format);
      } else if (!ours.get().equals("ropeFactors")) { // config.json has the rule that makes them
        tensor(writer, ours.get(), entry, format);
      }
    }
    return writer;
  }

  private void tensor(SafetensorsWriter writer, String ours, Entry entry, BlockFormat format) {
    Rows.Change change = Rows.Change.plus(source.names().plus(ours) - target.plus(ours));
    LongUnaryOperator order = order(ours, entry.shape());
    writer.tensor(spelled(ours), format, entry.shape(), Rows.of(entry, format, change, order));
  }

  /** The name in a model of text alone, whose names are the shortest. */
  private String spelled(String ours) {
    return target.spellings(ours).stream()
        .filter(name -> !name.contains("language_model."))
        .findFirst()
        .orElseThrow(() ->
            new ModelException(
                "%s: %s: has no place in a Hugging Face folder of %s"
                    .formatted(checkpoint.fileName(), ours, source.family().name())));
  }

  /** The matrices of Gemma 3n's streams one by one. */
  private void streams(SafetensorsWriter writer, String ours, Entry entry, BlockFormat format) {
    String part = ours.substring("altUp.".length(), ours.length() - 1);
    long rows = entry.shape().get(1);
    for (long i = 0; i < entry.shape().getFirst(); i++) {
      long first = i * rows;
      writer.tensor(
          spelled("altUp.%d.%s".formatted(i, part)),
          format,
          entry.shape().subList(1, 3),
          Rows.of(entry, format, Rows.Change.NONE, row -> first + row));
    }
  }

  /** Llama's rows of queries and keys back from neighbours to halves of a head. */
  private LongUnaryOperator order(String ours, List<Long> shape) {
    boolean isKey = ours.endsWith("attention.key");
    if (!source.family().name().equals("llama") || !(isKey || ours.endsWith("attention.query"))) {
      return LongUnaryOperator.identity();
    }
    int heads = source.settings().size("attention.head_count");
    long count = isKey ? source.settings().sizes("attention.head_count_kv", 1)[0] : heads;
    long headSize = shape.getFirst() / count;
    return row -> {
      long within = row % headSize;
      return row - within + within % (headSize / 2) * 2 + within / (headSize / 2);
    };
  }
}
