package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.tensor.quant.BlockFormat;
import java.lang.foreign.MemorySegment;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** Rows of a tensor on their way to another file. */
final class Rows {
  /** More than there are cores, so that none waits long for the last. */
  private static final int PARTS = 64;

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
    return shared(
        format.bytesFor(size),
        TensorSource.encoding(
            format,
            size,
            (row, target) -> {
              stored.decode(data, order.applyAsLong(row) * rowBytes, target, 0, size);
              for (int i = 0; plus != 0 && i < size; i++) {
                target[i] += plus;
              }
            }));
  }

  /** The same rows, encoded by all cores: finding the scales of a block is slower than any disk. */
  private static TensorSource shared(long rowBytes, TensorSource rows) {
    return (first, count, target) -> {
      int parts = Math.min(count, PARTS);
      IntStream.range(0, parts)
          .parallel()
          .forEach(part -> {
            int from = (int) ((long) count * part / parts);
            int end = (int) ((long) count * (part + 1) / parts);
            rows.fill(
                first + from, end - from, target.asSlice(from * rowBytes, (end - from) * rowBytes));
          });
    };
  }
}
