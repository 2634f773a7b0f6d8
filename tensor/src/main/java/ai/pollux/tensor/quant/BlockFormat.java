package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/**
 * A way to store rows of floats as blocks of equal size. Stateless. The layouts are those of GGUF
 * (little-endian, unaligned), so that a mapped file is used as it is.
 *
 * <p>Not-a-number and infinite values survive in the plain formats. In the others they may spoil
 * their own block, and no other; nothing throws.
 */
public interface BlockFormat {
  /** GGUF's name, like {@code Q4_0}. */
  String name();

  /** Values per block; 1 for plain formats. A row's length is a multiple of it. */
  int blockSize();

  /** Bytes per block. */
  int blockBytes();

  /**
   * Decodes {@code count} values, the blocks starting at byte {@code offset} of {@code data}.
   *
   * @throws IllegalArgumentException if {@code count} values do not fill whole blocks
   * @throws IndexOutOfBoundsException if {@code data} or {@code target} is too short
   */
  void decode(MemorySegment data, long offset, float[] target, int at, int count);

  /**
   * Encodes {@code count} values to the bytes from {@code offset} on, as llama.cpp's reference
   * quantiser does, bit by bit.
   *
   * @throws IllegalArgumentException if {@code count} values do not fill whole blocks
   * @throws IndexOutOfBoundsException if {@code data} or {@code source} is too short
   */
  void encode(float[] source, int at, int count, MemorySegment data, long offset);

  /**
   * Σ data[i] · x[at + i] over {@code count} values, accumulated in double.
   *
   * @throws IllegalArgumentException if {@code count} values do not fill whole blocks
   */
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
    if (values < 0 || values % blockSize() != 0) {
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
