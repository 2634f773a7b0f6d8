package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.Metadata;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.tensor.quant.BlockFormat;
import java.util.List;

/**
 * A GGUF, of a decoder or of a projector, with its matrices in other formats; all that it says of
 * itself stays, and so do tensors that are no matrices.
 */
public final class Requantization {
  private Requantization() {}

  /**
   * A writer of the new file; the checkpoint stays open until it has written.
   *
   * @param checkpoint a GGUF
   */
  public static GgufWriter of(Checkpoint checkpoint, Recipe recipe) {
    Metadata metadata = checkpoint.metadata();
    GgufWriter writer = new GgufWriter().madeOf(checkpoint);
    for (String key : metadata.keys()) {
      if (!key.startsWith("split.")) {
        writer.put(key, metadata.value(key).orElseThrow());
      }
    }
    writer.put("general.file_type", MetadataValue.uint32(recipe.fileType()));
    writer.put("general.quantization_version", MetadataValue.uint32(2));
    String architecture = metadata.text("general.architecture").orElse("");
    int blocks = (int) metadata.whole(architecture + ".block_count").orElse(0);
    boolean tied = !checkpoint.contains("output.weight");
    for (String name : checkpoint.names()) {
      Entry entry = checkpoint.entry(name);
      List<Long> shape = entry.shape().isEmpty() ? List.of(1L) : entry.shape();
      BlockFormat format =
          recipe.keeps(name, shape) ? entry.format() : recipe.format(name, shape, tied, blocks);
      writer.tensor(name, format, shape, Rows.of(entry, format));
    }
    return writer;
  }
}
