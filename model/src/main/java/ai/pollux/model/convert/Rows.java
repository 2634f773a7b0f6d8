package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.tensor.quant.BlockFormat;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;

/** Rows of a tensor on their way to another file. */
final class Rows {
  /** More than there are cores, so that none waits long for the last. */
  private static final int PARTS = 64;

  private Rows() {}

  /** What becomes of a value. */
  @FunctionalInterface
  interface Change {
    /** It stays. */
    Change NONE = value -> value;

    float of(float value);

    static Change plus(float plus) {
      return plus == 0 ? NONE : value -> value + plus;
    }
  }

  /** The rows of an entry in another format; the bytes as they are where it is the same one. */
  static TensorSource of(Entry entry, BlockFormat format) {
    return of(entry, format, Change.NONE, LongUnaryOperator.identity());
  }

  /**
   * The rows of an entry in another format.
   *
   * @param order which row of the entry comes in a place
   */
  static TensorSource of(Entry entry, BlockFormat format, Change change, LongUnaryOperator order) {
    int size = entry.shape().isEmpty() ? 1 : Math.toIntExact(entry.shape().getLast());
    BlockFormat stored = entry.format();
    MemorySegment data = entry.data();
    long rowBytes = stored.bytesFor(size);
    if (stored.equals(format) && change.equals(Change.NONE)) {
      return (first, count, target) -> {
        for (int i = 0; i < count; i++) {
          long from = order.applyAsLong(first + i) * rowBytes;
          MemorySegment.copy(data, from, target, i * rowBytes, rowBytes);
        }
      };
    }
    return encoded(
        format,
        size,
        (row, target) -> {
          stored.decode(data, order.applyAsLong(row) * rowBytes, target, 0, size);
          for (int i = 0; !change.equals(Change.NONE) && i < size; i++) {
            target[i] = change.of(target[i]);
          }
        });
  }

  /**
   * The values of an entry in another order, for the few small tensors whose axes are exchanged.
   *
   * @param rowSize of the new rows
   * @param order which value of the entry, whose format has no blocks, comes in a place
   */
  static TensorSource gathered(
      Entry entry, BlockFormat format, int rowSize, LongUnaryOperator order) {
    BlockFormat stored = entry.format();
    MemorySegment data = entry.data();
    long bytes = stored.bytesFor(1);
    return encoded(
        format,
        rowSize,
        (row, target) -> {
          for (int i = 0; i < rowSize; i++) {
            stored.decode(data, order.applyAsLong(row * rowSize + i) * bytes, target, i, 1);
          }
        });
  }

  /** Zeros. */
  static TensorSource zeros(BlockFormat format, int rowSize) {
    return TensorSource.encoding(format, rowSize, (row, target) -> Arrays.fill(target, 0));
  }

  /**
   * Rows of several sources, one after the other.
   *
   * @param counts how many rows each has
   */
  static TensorSource joined(List<TensorSource> sources, long[] counts) {
    return (first, count, target) -> {
      long rowBytes = target.byteSize() / count;
      long start = 0;
      for (int i = 0; i < counts.length; i++) {
        long from = Math.max(first, start);
        long end = Math.min(first + count, start + counts[i]);
        if (from < end) {
          MemorySegment part = target.asSlice((from - first) * rowBytes, (end - from) * rowBytes);
          sources.get(i).fill(from - start, (int) (end - from), part);
        }
        start += counts[i];
      }
    };
  }

  /** Rows encoded by all cores: finding the scales of a block is slower than any disk. */
  private static TensorSource encoded(BlockFormat format, int rowSize, TensorSource.Floats floats) {
    TensorSource rows = TensorSource.encoding(format, rowSize, floats);
    long rowBytes = format.bytesFor(rowSize);
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
