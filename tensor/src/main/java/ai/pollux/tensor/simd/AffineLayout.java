package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.util.Arrays;
import java.util.Optional;
import jdk.incubator.vector.ByteVector;
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

  private static final long LOW_PAIRS = 0x0303_0303_0303_0303L;

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
  void codes(long block, long codes) {
    switch (this) {
      case Q4_1 -> NibbleLines.split(block + 4, codes);
      case Q5_0 -> fives(block + 2, codes);
      case Q5_1 -> fives(block + 4, codes);
      case Q4_K -> nibblePairs(block + 16, codes);
      case Q5_K -> {
        nibblePairs(block + 48, codes);
        for (int i = 0; i < 256; i++) {
          addFifth(codes + i, ALL.get(JAVA_BYTE, block + 16 + i % 32) >> (i / 32));
        }
      }
      case Q6_K -> sixes(block, codes);
    }
  }

  private static void fives(long source, long codes) {
    int high = ALL.get(JAVA_INT_UNALIGNED, source);
    NibbleLines.split(source + 4, codes);
    for (int i = 0; i < 32; i++) {
      addFifth(codes + i, high >> i);
    }
  }

  private static void addFifth(long code, int bit) {
    ALL.set(JAVA_BYTE, code, (byte) (ALL.get(JAVA_BYTE, code) | (bit & 1) << 4));
  }

  /** Four times 32 bytes: low nibbles are 32 codes, high ones the next 32. */
  private static void nibblePairs(long source, long codes) {
    for (int i = 0; i < 128; i += Long.BYTES) {
      long pairs = ALL.get(JAVA_LONG_UNALIGNED, source + i);
      long to = codes + i / 32 * 64L + i % 32;
      ALL.set(JAVA_LONG_UNALIGNED, to, pairs & NibbleLines.LOW_NIBBLES);
      ALL.set(JAVA_LONG_UNALIGNED, to + 32, pairs >>> 4 & NibbleLines.LOW_NIBBLES);
    }
  }

  /** Twice 128 codes: low nibbles in 64 bytes, the upper two bits of four codes per byte. */
  private static void sixes(long block, long codes) {
    for (int i = 0; i < 256; i += Long.BYTES) {
      int half = i / 128;
      int quarter = i % 128 / 32;
      long nibbles = ALL.get(JAVA_LONG_UNALIGNED, block + 64L * half + i % 64);
      long upper = ALL.get(JAVA_LONG_UNALIGNED, block + 128 + 32L * half + i % 32);
      long low = nibbles >>> (quarter < 2 ? 0 : 4) & NibbleLines.LOW_NIBBLES;
      long high = upper >>> (2 * quarter) & LOW_PAIRS;
      ALL.set(JAVA_LONG_UNALIGNED, codes + i, low | high << 4);
    }
  }

  /** Writes the F16 values of row {@code r}, as {@code [halves][64]}. */
  void packHalves(long block, int r, long target) {
    long from = this == Q6_K ? block + 208 : block;
    for (int h = 0; h < halves; h++) {
      short value = ALL.get(JAVA_SHORT_UNALIGNED, from + 2L * h);
      ALL.set(JAVA_SHORT_UNALIGNED, target + 2L * (TileFormat.ROWS * h + r), value);
    }
  }

  /** Writes the factors of row {@code r} for the 32 inputs {@code part}, as {@code [2][64]}. */
  void packFactors(long block, int part, int r, long target) {
    switch (this) {
      case Q4_1, Q5_0, Q5_1 -> {}
      case Q4_K, Q5_K -> {
        long bits = block + 4 + part % 4;
        int first = ALL.get(JAVA_BYTE, bits);
        int second = ALL.get(JAVA_BYTE, bits + 4);
        int third = ALL.get(JAVA_BYTE, bits + 8);
        boolean low = part < 4;
        int scale = low ? first & 63 : (third & 15) | (first & 0xc0) >> 2;
        int min = low ? second & 63 : (third & 0xf0) >> 4 | (second & 0xc0) >> 2;
        ALL.set(JAVA_BYTE, target + r, (byte) scale);
        ALL.set(JAVA_BYTE, target + TileFormat.ROWS + r, (byte) min);
      }
      case Q6_K -> {
        for (int h = 0; h < 2; h++) {
          byte scale = ALL.get(JAVA_BYTE, block + 192 + 2L * part + h);
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
    int line = TileFormat.LINE;
    switch (this) {
      case Q4_1, Q5_1 -> HalfFloats.decode(packedHalves, line / 2, 2, target);
      case Q5_0 -> {
        HalfFloats.decode(packedHalves, 0, 1, target);
        multiply(target, -16, target + line);
      }
      case Q4_K, Q5_K -> {
        HalfFloats.decode(packedHalves, line / 2, 2, target);
        multiplyBytes(target, packedFactors);
        multiplyBytes(target + line, packedFactors + TileFormat.ROWS);
        multiply(target + line, -1, target + line);
      }
      case Q6_K -> {
        HalfFloats.decode(packedHalves, 0, 1, target);
        multiplyBytes(target, packedFactors + (long) TileFormat.ROWS * half);
        multiply(target, -32, target + line);
      }
    }
  }

  /** target[64] = source[64] · factor. */
  private static void multiply(long source, float factor, long target) {
    for (long at = 0; at < TileFormat.LINE; at += Lanes.BYTES) {
      FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, source + at, Memory.ORDER)
          .mul(factor)
          .intoMemorySegment(ALL, target + at, Memory.ORDER);
    }
  }

  /** values[64] *= factors[64], which are signed bytes. */
  private static void multiplyBytes(long values, long factors) {
    for (long r = 0; r < TileFormat.ROWS; r += Lanes.COUNT) {
      FloatVector factor =
          (FloatVector)
              ByteVector.fromMemorySegment(Lanes.BYTE_VALUES, ALL, factors + r, Memory.ORDER)
                  .castShape(Lanes.FLOATS, 0);
      FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, values + 4 * r, Memory.ORDER)
          .mul(factor)
          .intoMemorySegment(ALL, values + 4 * r, Memory.ORDER);
    }
  }
}
