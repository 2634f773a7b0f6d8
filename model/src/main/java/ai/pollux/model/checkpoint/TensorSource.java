package ai.pollux.model.checkpoint;

import ai.pollux.tensor.quant.BlockFormat;
import java.lang.foreign.MemorySegment;

/** Where a {@link GgufWriter} gets a tensor's bytes from, some rows at a time, in order. */
@FunctionalInterface
public interface TensorSource {
  /**
   * Writes the encoded rows {@code first} to {@code first + count - 1}.
   *
   * @param target exactly their bytes; any thread may write there
   */
  void fill(long first, int count, MemorySegment target);

  /** Rows of floats. */
  @FunctionalInterface
  interface Floats {
    /** Writes row {@code row} to {@code target}, which has its length. */
    void fill(long row, float[] target);
  }

  /** Encodes floats as they are asked for; {@code rowSize} of them make a row. */
  static TensorSource encoding(BlockFormat format, int rowSize, Floats floats) {
    long rowBytes = format.bytesFor(rowSize);
    return (first, count, target) -> {
      float[] row = new float[rowSize];
      for (int i = 0; i < count; i++) {
        floats.fill(first + i, row);
        format.encode(row, 0, rowSize, target, i * rowBytes);
      }
    };
  }
}
