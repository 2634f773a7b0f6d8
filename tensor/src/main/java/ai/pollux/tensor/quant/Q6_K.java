package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/**
 * 256 values in 16 sub-blocks of 16, each d · scale · (q - 32), q of 6 bits: 128 bytes of lower
 * nibbles, 64 of upper pairs of bits, 16 scales (signed bytes), d (F16).
 *
 * <p>Each half of the block (128 values) has 64 and 32 of those bytes. With value i of the half in
 * row i / 32 of four: rows 0 and 1 are the low nibbles of bytes 0 to 63, rows 2 and 3 the high
 * ones; the upper bits of row r are bits 2r and 2r + 1 of byte i % 32.
 */
final class Q6_K implements Blockwise {
  private static final int SIZE = 256;
  private static final int SUBBLOCK = ScaleSearch.SIZE;
  private static final int UPPER = SIZE / 2;
  private static final int SCALES = UPPER + SIZE / 4;
  private static final int D = SCALES + SIZE / SUBBLOCK;
  private static final int BIAS = 32;

  @Override
  public String name() {
    return "Q6_K";
  }

  @Override
  public int blockSize() {
    return SIZE;
  }

  @Override
  public int blockBytes() {
    return D + 2;
  }

  @Override
  public void decodeBlock(MemorySegment data, long offset, float[] target, int at) {
    for (int j = 0; j < SIZE / SUBBLOCK; j++) {
      float scale = scale(data, offset, j);
      for (int i = j * SUBBLOCK; i < (j + 1) * SUBBLOCK; i++) {
        int low = (Bytes.unsigned(data, offset + lowerByte(i)) >> lowerShift(i)) & 15;
        int high = (Bytes.unsigned(data, offset + upperByte(i)) >> upperShift(i)) & 3;
        target[at + i] = scale * ((low | (high << 4)) - BIAS);
      }
    }
  }

  /** d · scale of a sub-block. */
  private static float scale(MemorySegment data, long offset, int subblock) {
    return Bytes.half(data, offset + D) * Bytes.signed(data, offset + SCALES + subblock);
  }

  private static int lowerByte(int i) {
    return i / 128 * 64 + i % 64;
  }

  private static int lowerShift(int i) {
    return i % 128 / 64 * 4;
  }

  private static int upperByte(int i) {
    return UPPER + i / 128 * 32 + i % 32;
  }

  private static int upperShift(int i) {
    return i % 128 / 32 * 2;
  }

  @Override
  public void encodeBlock(float[] source, int at, MemorySegment data, long offset) {
    data.asSlice(offset, blockBytes()).fill((byte) 0);
    int[] q = new int[SIZE];
    float[] scales = new float[SIZE / SUBBLOCK];
    ScaleSearch search = new ScaleSearch(BIAS);
    for (int j = 0; j < scales.length; j++) {
      scales[j] = search.fit(source, at + j * SUBBLOCK, q, j * SUBBLOCK);
    }
    float largest = Rounding.largest(scales, 0, scales.length);
    if (Math.abs(largest) < ScaleSearch.NOTHING) {
      return;
    }
    float factor = -128 / largest;
    Bytes.putHalf(data, offset + D, 1 / factor);
    for (int j = 0; j < scales.length; j++) {
      Bytes.put(data, offset + SCALES + j, Rounding.nearest(factor * scales[j], -128, 127));
    }
    roundTo(source, at, data, offset, q);
    for (int i = 0; i < SIZE; i++) {
      int biased = q[i] + BIAS;
      or(data, offset + lowerByte(i), (biased & 15) << lowerShift(i));
      or(data, offset + upperByte(i), biased >> 4 << upperShift(i));
    }
  }

  /** The q for the scales as they were rounded; those of sub-blocks whose scale is 0 stay. */
  private static void roundTo(float[] source, int at, MemorySegment data, long offset, int[] q) {
    for (int j = 0; j < SIZE / SUBBLOCK; j++) {
      float scale = scale(data, offset, j);
      if (scale != 0) {
        for (int i = j * SUBBLOCK; i < (j + 1) * SUBBLOCK; i++) {
          q[i] = Rounding.nearest(source[at + i] / scale, -BIAS, BIAS - 1);
        }
      }
    }
  }

  private static void or(MemorySegment data, long offset, int bits) {
    Bytes.put(data, offset, Bytes.unsigned(data, offset) | bits);
  }
}
