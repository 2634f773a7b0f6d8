package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * The formats of 4 to 6 bits whose weight is {@code scale · code + offset}, with one scale and
 * offset for some inputs of a row. What differs is where a stored block has them.
 */
enum AffineLayout {
  Q4_1(32, 20, 2, 0, 0),
  Q5_0(32, 22, 1, 0, 1),
  Q5_1(32, 24, 2, 0, 1),
  Q4_K(256, 144, 2, 2, 0),
  Q5_K(256, 176, 2, 2, 1),
  Q6_K(256, 210, 1, 2, 2);

  /** Inputs of a stored block. */
  final int inputs;

  /** Bytes of a stored block. */
  final int storedBytes;

  /** F16 values of a stored block. */
  final int halves;

  /** Bytes that 32 inputs add to those: factors of scale and offset, or of two scales. */
  final int factors;

  /** Bits of a code beyond four. */
  final int highBits;

  AffineLayout(int inputs, int storedBytes, int halves, int factors, int highBits) {
    this.inputs = inputs;
    this.storedBytes = storedBytes;
    this.halves = halves;
    this.factors = factors;
    this.highBits = highBits;
  }

  /** The layout for the format of that name. */
  static Optional<AffineLayout> named(String name) {
    return Arrays.stream(values()).filter(layout -> layout.name().equals(name)).findFirst();
  }

  /** Inputs of a row that share a scale and an offset. */
  int shared() {
    return this == Q6_K ? 16 : 32;
  }

  /** Takes the codes of a stored block apart. */
  void codes(MemorySegment source, long block, byte[] codes, int at) {
    switch (this) {
      case Q4_1 -> NibbleLines.split(source, block + 4, codes, at);
      case Q5_0 -> fives(source, block + 2, codes, at);
      case Q5_1 -> fives(source, block + 4, codes, at);
      case Q4_K -> nibblePairs(source, block + 16, codes, at);
      case Q5_K -> {
        nibblePairs(source, block + 48, codes, at);
        for (int i = 0; i < 256; i++) {
          int high = source.get(JAVA_BYTE, block + 16 + i % 32) >> (i / 32) & 1;
          codes[at + i] |= (byte) (high << 4);
        }
      }
      case Q6_K -> sixes(source, block, codes, at);
    }
  }

  private static void fives(MemorySegment source, long offset, byte[] codes, int at) {
    int high = source.get(JAVA_INT_UNALIGNED, offset);
    NibbleLines.split(source, offset + 4, codes, at);
    for (int i = 0; i < 32; i++) {
      codes[at + i] |= (byte) ((high >> i & 1) << 4);
    }
  }

  /** Four times 32 bytes: low nibbles are 32 values, high ones the next 32. */
  private static void nibblePairs(MemorySegment source, long offset, byte[] codes, int at) {
    for (int i = 0; i < 128; i++) {
      int pair = source.get(JAVA_BYTE, offset + i);
      int to = at + i / 32 * 64 + i % 32;
      codes[to] = (byte) (pair & 15);
      codes[to + 32] = (byte) (pair >> 4 & 15);
    }
  }

  /** Twice 128 values: low nibbles in 64 bytes, the upper two bits of four values per byte. */
  private static void sixes(MemorySegment source, long block, byte[] codes, int at) {
    for (int i = 0; i < 256; i++) {
      int half = i / 128;
      int quarter = i % 128 / 32;
      int low = source.get(JAVA_BYTE, block + 64L * half + i % 64) >> (quarter < 2 ? 0 : 4);
      int high = source.get(JAVA_BYTE, block + 128 + 32L * half + i % 32) >> (2 * quarter);
      codes[at + i] = (byte) ((low & 15) | (high & 3) << 4);
    }
  }

  /** Writes the F16 values of row {@code r}, as {@code [halves][64]}. */
  void packHalves(MemorySegment source, long block, int r, long target) {
    long from = this == Q6_K ? block + 208 : block;
    for (int h = 0; h < halves; h++) {
      short value = source.get(JAVA_SHORT_UNALIGNED, from + 2L * h);
      ALL.set(JAVA_SHORT_UNALIGNED, target + 2L * (TileFormat.ROWS * h + r), value);
    }
  }

  /** Writes the factors of row {@code r} for the 32 inputs {@code part}, as {@code [2][64]}. */
  void packFactors(MemorySegment source, long block, int part, int r, long target) {
    switch (this) {
      case Q4_1, Q5_0, Q5_1 -> {}
      case Q4_K, Q5_K -> {
        byte[] s = source.asSlice(block + 4, 12).toArray(JAVA_BYTE);
        boolean low = part < 4;
        int scale = low ? s[part] & 63 : (s[part + 4] & 15) | (s[part - 4] & 0xc0) >> 2;
        int min = low ? s[part + 4] & 63 : (s[part + 4] & 0xf0) >> 4 | (s[part] & 0xc0) >> 2;
        ALL.set(JAVA_BYTE, target + r, (byte) scale);
        ALL.set(JAVA_BYTE, target + TileFormat.ROWS + r, (byte) min);
      }
      case Q6_K -> {
        for (int h = 0; h < 2; h++) {
          byte scale = source.get(JAVA_BYTE, block + 192 + 2L * part + h);
          ALL.set(JAVA_BYTE, target + (long) TileFormat.ROWS * h + r, scale);
        }
      }
    }
  }

  /**
   * Writes {@code scale[64]}, then {@code offset[64]}. All products are exact: 11 bits times 8.
   *
   * @param half which of two runs of 16 inputs, where those have scales of their own
   */
  void coefficients(long packedHalves, long packedFactors, int half, long target) {
    for (int r = 0; r < TileFormat.ROWS; r += Lanes.COUNT) {
      long halvesAt = packedHalves + 2L * r;
      FloatVector d = HalfFloats.load(halvesAt);
      FloatVector scale =
          switch (this) {
            case Q4_1, Q5_0, Q5_1 -> d;
            case Q4_K, Q5_K -> d.mul(Memory.loadBytes(packedFactors + r));
            case Q6_K -> d.mul(Memory.loadBytes(packedFactors + (long) TileFormat.ROWS * half + r));
          };
      long secondHalf = halvesAt + 2 * TileFormat.ROWS;
      FloatVector offset =
          switch (this) {
            case Q5_0 -> d.mul(-16);
            case Q4_1, Q5_1 -> HalfFloats.load(secondHalf);
            case Q4_K, Q5_K ->
                HalfFloats.load(secondHalf)
                    .mul(Memory.loadBytes(packedFactors + TileFormat.ROWS + r))
                    .neg();
            case Q6_K -> scale.mul(-32);
          };
      Memory.store(scale, target + 4L * r);
      Memory.store(offset, target + 4L * (TileFormat.ROWS + r));
    }
  }
}
