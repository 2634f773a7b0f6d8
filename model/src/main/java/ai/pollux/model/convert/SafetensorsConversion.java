package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.SafetensorsWriter;
import ai.pollux.tensor.quant.BlockFormat;

/** The tensors of a Hugging Face folder in one file, in another type. */
public final class SafetensorsConversion {
  private SafetensorsConversion() {}

  /**
   * A writer of the new file; the checkpoint stays open until it has written. Tensors of integers
   * are not kept in such folders, and are refused.
   *
   * @param format F32, F16 or BF16
   */
  public static SafetensorsWriter of(Checkpoint checkpoint, BlockFormat format) {
    SafetensorsWriter writer = new SafetensorsWriter().madeOf(checkpoint);
    for (String name : checkpoint.names()) {
      Entry entry = checkpoint.entry(name);
      writer.tensor(name, format, entry.shape(), Rows.of(entry, format));
    }
    return writer;
  }
}
