package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.MemorySegment;

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

  /** Packs the low four bits of codes[at + stride · row + input]. */
  static void pack(byte[] codes, int at, int stride, long target) {
    for (int l = 0; l < TileFormat.GROUP; l++) {
      for (int j = 0; j < INPUTS / 2; j++) {
        int word = 0;
        for (int g = 0; g < 4; g++) {
          int pair = at + stride * (TileFormat.GROUP * g + l) + 2 * j;
          word |= (codes[pair] & 15) << shift(g, false) | (codes[pair + 1] & 15) << shift(g, true);
        }
        ALL.set(JAVA_INT_UNALIGNED, target + (long) LINE * j + 4L * l, word);
      }
    }
  }

  /** Takes 16 bytes apart: low nibbles are values 0 to 15, high ones 16 to 31. */
  static void split(MemorySegment source, long offset, byte[] codes, int at) {
    for (int i = 0; i < INPUTS / 2; i++) {
      int pair = source.get(JAVA_BYTE, offset + i);
      codes[at + i] = (byte) (pair & 15);
      codes[at + i + INPUTS / 2] = (byte) (pair >> 4 & 15);
    }
  }
}
