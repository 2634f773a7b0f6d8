package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

/**
 * The low four bits of 32 inputs of a tile: 16 lines of 16 ints. Line j holds inputs 2j and 2j + 1;
 * int l of it has rows l, l + 16, l + 32 and l + 48, each at the bits that {@link #shift} says.
 */
final class NibbleLines {
  /** Inputs. */
  static final int INPUTS = 32;

  /** Bytes of a line. */
  static final int LINE = TileFormat.GROUP * Integer.BYTES;

  /** Bytes of all lines. */
  static final int BYTES = LINE * INPUTS / 2;

  static final long LOW_NIBBLES = 0x0f0f_0f0f_0f0f_0f0fL;

  private NibbleLines() {}

  /**
   * Where a vector group's nibble starts: bit 16, 12, 8, 4 for even inputs, 28, 24, 20, 0 for odd.
   */
  static int shift(int group, boolean odd) {
    if (odd) {
      return group == 3 ? 0 : 28 - 4 * group;
    }
    return 16 - 4 * group;
  }

  /**
   * Packs the low four bits of codes.
   *
   * @param codes the address of bytes [64][32]
   * @param stride from one row of codes to the next
   */
  static void pack(long codes, int stride, long target) {
    long quarter = (long) TileFormat.GROUP * stride;
    for (int l = 0; l < TileFormat.GROUP; l++) {
      long row = codes + (long) stride * l;
      long word = target + 4L * l;
      for (int j = 0; j < INPUTS / 2; j++) {
        // Bytes 0 and 1 are an even and an odd input; no code has more than 6 bits.
        int a = ALL.get(JAVA_SHORT_UNALIGNED, row + 2L * j) & 0x0f0f;
        int b = ALL.get(JAVA_SHORT_UNALIGNED, row + quarter + 2L * j) & 0x0f0f;
        int c = ALL.get(JAVA_SHORT_UNALIGNED, row + 2 * quarter + 2L * j) & 0x0f0f;
        int d = ALL.get(JAVA_SHORT_UNALIGNED, row + 3 * quarter + 2L * j) & 0x0f0f;
        int even = (a & 15) << 16 | (b & 15) << 12 | (c & 15) << 8 | (d & 15) << 4;
        int odd = (a >> 8) << 28 | (b >> 8) << 24 | (c >> 8) << 20 | d >> 8;
        ALL.set(JAVA_INT_UNALIGNED, word + (long) LINE * j, even | odd);
      }
    }
  }

  /** Takes 16 bytes apart: low nibbles are codes 0 to 15, high ones 16 to 31. */
  static void split(long source, long codes) {
    for (int i = 0; i < INPUTS / 2; i += Long.BYTES) {
      long pairs = ALL.get(JAVA_LONG_UNALIGNED, source + i);
      ALL.set(JAVA_LONG_UNALIGNED, codes + i, pairs & LOW_NIBBLES);
      ALL.set(JAVA_LONG_UNALIGNED, codes + i + INPUTS / 2, pairs >>> 4 & LOW_NIBBLES);
    }
  }
}
