package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/**
 * A way to store rows of floats as blocks of equal size. Stateless. The layouts are those of GGUF
 * (little-endian), so that a mapped file is used as it is.
 */
public interface BlockFormat {
  /** GGUF's name, like {@code Q4_0}. */
  String name();

  /** Values per block; 1 for plain formats. A row's length is a multiple of it. */
  int blockSize();

  /** Bytes per block. */
  int blockBytes();

  /**
   * Decodes {@code count} values (a multiple of {@link #blockSize}), the blocks starting at byte
   * {@code offset} of {@code data}.
   */
  void decode(MemorySegment data, long offset, float[] target, int at, int count);

  /**
   * Encodes {@code count} values (a multiple of {@link #blockSize}) to the bytes from {@code
   * offset} on, as llama.cpp's reference quantiser does.
   */
  void encode(float[] source, int at, int count, MemorySegment data, long offset);

  /** Σ data[i] · x[at + i] over {@code count} values, accumulated in double. */
  default double dot(MemorySegment data, long offset, float[] x, int at, int count) {
    float[] values = new float[count];
    decode(data, offset, values, 0, count);
    double sum = 0;
    for (int i = 0; i < count; i++) {
      sum += (double) values[i] * x[at + i];
    }
    return sum;
  }

  /**
   * The bytes of a row of {@code values}.
   *
   * @throws IllegalArgumentException if they do not fill whole blocks
   */
  default long bytesFor(long values) {
    if (values % blockSize() != 0) {
      throw new IllegalArgumentException(
          "%s stores blocks of %d values, a row of %d does not fill whole blocks"
              .formatted(name(), blockSize(), values));
    }
    return values / blockSize() * blockBytes();
  }

  /** Bits that one weight takes, scales included. */
  default double bitsPerWeight() {
    return 8.0 * blockBytes() / blockSize();
  }
}
