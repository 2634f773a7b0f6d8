package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.tensor.quant.BlockFormat;
import java.lang.foreign.MemorySegment;
import java.util.function.LongUnaryOperator;

/** Rows of a tensor on their way to another file. */
final class Rows {
  private Rows() {}

  /** The rows of an entry in another format; the bytes as they are where it is the same one. */
  static TensorSource of(Entry entry, BlockFormat format) {
    return of(entry, format, 0, LongUnaryOperator.identity());
  }

  /**
   * The rows of an entry in another format.
   *
   * @param plus what is added to each value
   * @param order which row of the entry comes in a place
   */
  static TensorSource of(Entry entry, BlockFormat format, float plus, LongUnaryOperator order) {
    int size = entry.shape().isEmpty() ? 1 : Math.toIntExact(entry.shape().getLast());
    BlockFormat stored = entry.format();
    MemorySegment data = entry.data();
    long rowBytes = stored.bytesFor(size);
    if (stored.equals(format) && plus == 0) {
      return (first, count, target) -> {
        for (int i = 0; i < count; i++) {
          long from = order.applyAsLong(first + i) * rowBytes;
          MemorySegment.copy(data, from, target, i * rowBytes, rowBytes);
        }
      };
    }
    return TensorSource.encoding(
        format,
        size,
        (row, target) -> {
          stored.decode(data, order.applyAsLong(row) * rowBytes, target, 0, size);
          for (int i = 0; plus != 0 && i < size; i++) {
            target[i] += plus;
          }
        });
  }
}
