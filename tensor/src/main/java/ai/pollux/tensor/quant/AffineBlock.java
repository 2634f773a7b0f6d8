package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/**
 * What Q4_K and Q5_K share: 256 values in 8 sub-blocks of 32, each d · scale · q - dmin · minimum.
 * The block begins with d and dmin (F16) and 12 bytes that hold 8 scales and 8 minima of 6 bits.
 *
 * <p>Bytes 0 to 3 hold scales 0 to 3, bytes 4 to 7 minima 0 to 3, each in the lower 6 bits; bytes 8
 * to 11 the lower 4 bits of scales 4 to 7 and above them those of the minima, whose upper 2 bits
 * are at the top of bytes 0 to 3 and 4 to 7.
 */
final class AffineBlock {
  static final int SIZE = 256;
  static final int SUBBLOCK = AffineSearch.SIZE;

  /** Where the q begin. */
  static final int HEADER = 2 + 2 + 12;

  private static final int SUBBLOCKS = SIZE / SUBBLOCK;
  private static final int TABLE = 4;

  private AffineBlock() {}

  /** d · scale of a sub-block. */
  static float scale(MemorySegment data, long offset, int subblock) {
    return Bytes.half(data, offset) * sixBits(data, offset + TABLE, subblock, 0);
  }

  /** dmin · minimum of a sub-block. */
  static float minimum(MemorySegment data, long offset, int subblock) {
    return Bytes.half(data, offset + 2) * sixBits(data, offset + TABLE, subblock, 4);
  }

  /** Entry {@code j} of the scales ({@code part} 0) or minima ({@code part} 4). */
  private static int sixBits(MemorySegment data, long table, int j, int part) {
    if (j < 4) {
      return Bytes.unsigned(data, table + part + j) & 63;
    }
    int low = (Bytes.unsigned(data, table + 4 + j) >> part) & 15;
    return low | (Bytes.unsigned(data, table + part + j - 4) >> 6 << 4);
  }

  /**
   * Finds scales and minima, writes the header and gives the 256 q from 0 to {@code top}.
   *
   * @param search how a sub-block is fitted
   */
  static int[] encode(
      float[] source, int at, int top, AffineSearch search, MemorySegment data, long offset) {
    int[] q = new int[SIZE];
    float[] scales = new float[SUBBLOCKS];
    float[] minima = new float[SUBBLOCKS];
    for (int j = 0; j < SUBBLOCKS; j++) {
      search.fit(source, at + j * SUBBLOCK, q, j * SUBBLOCK);
      scales[j] = search.scale();
      minima[j] = search.minimum();
    }
    putHeader(scales, minima, data, offset);
    for (int j = 0; j < SUBBLOCKS; j++) {
      float scale = scale(data, offset, j);
      float minimum = minimum(data, offset, j);
      if (scale != 0) {
        for (int i = j * SUBBLOCK; i < (j + 1) * SUBBLOCK; i++) {
          q[i] = Rounding.nearest((source[at + i] + minimum) / scale, 0, top);
        }
      }
    }
    return q;
  }

  private static void putHeader(float[] scales, float[] minima, MemorySegment data, long offset) {
    float maxScale = Math.max(0, Rounding.greatest(scales, 0, SUBBLOCKS));
    float maxMinimum = Math.max(0, Rounding.greatest(minima, 0, SUBBLOCKS));
    Bytes.putHalf(data, offset, maxScale / 63);
    Bytes.putHalf(data, offset + 2, maxMinimum / 63);
    int[] s = sixBits(scales, maxScale);
    int[] m = sixBits(minima, maxMinimum);
    for (int j = 0; j < 4; j++) {
      Bytes.put(data, offset + TABLE + j, s[j] | (s[j + 4] >> 4 << 6));
      Bytes.put(data, offset + TABLE + 4 + j, m[j] | (m[j + 4] >> 4 << 6));
      Bytes.put(data, offset + TABLE + 8 + j, (s[j + 4] & 15) | ((m[j + 4] & 15) << 4));
    }
  }

  private static int[] sixBits(float[] values, float max) {
    float factor = max > 0 ? 63 / max : 0;
    int[] entries = new int[values.length];
    for (int j = 0; j < entries.length; j++) {
      entries[j] = Rounding.nearest(factor * values[j], 0, 63);
    }
    return entries;
  }
}
