package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The formats of {@link AffineLayout}: for each stored block its F16 values {@code [halves][64]};
 * then for each 32 inputs the factors {@code [2][64]}, the {@link NibbleLines}, and the further
 * bits of the codes: planes of 64 ints, one per row. With one further bit there is one plane, whose
 * bit i is input i's; with two there is one for each 16 inputs, with two bits for each.
 *
 * <p>A weight is one fused multiply-add of exact terms, rounded once, as its definition is.
 */
record AffineTiles(AffineLayout layout) implements TileFormat {
  private static final int PART = NibbleLines.INPUTS;
  private static final int PLANE = ROWS * Integer.BYTES;

  private int halvesBytes() {
    return layout.halves * ROWS * Short.BYTES;
  }

  private int factorBytes() {
    return layout.factors * ROWS;
  }

  private int partBytes() {
    return factorBytes() + NibbleLines.BYTES + layout.highBits * PLANE;
  }

  private int blockBytes() {
    return halvesBytes() + layout.inputs / PART * partBytes();
  }

  @Override
  public long bytes(int inputs) {
    return (long) blockBytes() * (inputs / layout.inputs);
  }

  @Override
  public void pack(long source, long rowBytes, int rows, int inputs, long tile, long codes) {
    for (int b = 0; b < inputs / layout.inputs; b++) {
      long block = tile + (long) blockBytes() * b;
      for (int r = 0; r < rows; r++) {
        long from = source + r * rowBytes + (long) layout.storedBytes * b;
        layout.codes(from, codes + (long) layout.inputs * r);
        layout.packHalves(from, r, block);
        for (int p = 0; p < layout.inputs / PART; p++) {
          layout.packFactors(from, p, r, part(block, p));
        }
      }
      for (int p = 0; p < layout.inputs / PART; p++) {
        packCodes(codes + (long) PART * p, part(block, p) + factorBytes());
      }
    }
  }

  private long part(long block, int p) {
    return block + halvesBytes() + (long) partBytes() * p;
  }

  private void packCodes(long codes, long target) {
    NibbleLines.pack(codes, layout.inputs, target);
    for (int p = 0; p < layout.highBits; p++) {
      long plane = target + NibbleLines.BYTES + (long) PLANE * p;
      int inputs = PART / layout.highBits;
      for (long r = 0; r < ROWS; r++) {
        long row = codes + layout.inputs * r + (long) inputs * p;
        ALL.set(JAVA_INT_UNALIGNED, plane + 4 * r, highBits(row, inputs));
      }
    }
  }

  /** The bits above the fourth of some codes, one after the other. */
  private int highBits(long codes, int count) {
    int word = 0;
    for (int i = 0; i < count; i++) {
      word |= (ALL.get(JAVA_BYTE, codes + i) >> 4) << (layout.highBits * i);
    }
    return word;
  }

  @Override
  public long decode(long tile, int from, int count, long scratch) {
    long coefficients = scratch + CHUNK * LINE;
    for (int i = 0; i < count; i += layout.shared()) {
      int input = from + i;
      long block = tile + (long) blockBytes() * (input / layout.inputs);
      long part = part(block, input % layout.inputs / PART);
      int inPart = input % PART;
      layout.coefficients(block, part, inPart / 16, coefficients);
      long codes = part + factorBytes();
      for (int r = 0; r < ROWS; r += Lanes.COUNT) {
        decode(codes, inPart / 2, r, coefficients + 4L * r, scratch + (long) LINE * i + 4L * r);
      }
    }
    return scratch;
  }

  private void decode(long codes, int line, int row, long coefficients, long target) {
    int group = row / GROUP;
    int even = NibbleLines.shift(group, false);
    int odd = NibbleLines.shift(group, true);
    long lines = codes + 4L * (row % GROUP);
    long plane = codes + NibbleLines.BYTES + 4L * row;
    int end = line + layout.shared() / 2;
    switch (layout.highBits) {
      case 0 -> fours(lines, line, end, even, odd, coefficients, target);
      case 1 -> fives(lines, plane, line, end, even, odd, coefficients, target);
      default -> {
        long half = plane + (long) PLANE * (2 * line / layout.shared());
        sixes(lines, half, line, end, even, odd, coefficients, target);
      }
    }
  }

  private static void fours(
      long lines, int line, int end, int even, int odd, long coefficients, long target) {
    FloatVector scale =
        FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, coefficients, Memory.ORDER);
    FloatVector offset =
        FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, coefficients + LINE, Memory.ORDER);
    for (int j = line; j < end; j++) {
      IntVector q =
          IntVector.fromMemorySegment(
              Lanes.INTS, ALL, lines + (long) NibbleLines.LINE * j, Memory.ORDER);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, even)
                  .and(15)
                  .convertShape(VectorOperators.I2F, Lanes.FLOATS, 0))
          .fma(scale, offset)
          .intoMemorySegment(ALL, target, Memory.ORDER);
      ((FloatVector)
              q.lanewise(VectorOperators.LSHR, odd)
                  .and(15)
                  .convertShape(VectorOperators.I2F, Lanes.FLOATS, 0))
          .fma(scale, offset)
          .intoMemorySegment(ALL, target + LINE, Memory.ORDER);
      target += 2 * LINE;
    }
  }

  private static void fives(
      long lines,
      long plane,
      int line,
      int end,
      int even,
      int odd,
      long coefficients,
      long target) {
    FloatVector scale =
        FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, coefficients, Memory.ORDER);
    FloatVector offset =
        FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, coefficients + LINE, Memory.ORDER);
    IntVector fifth = IntVector.fromMemorySegment(Lanes.INTS, ALL, plane, Memory.ORDER);
    for (int j = line; j < end; j++) {
      IntVector q =
          IntVector.fromMemorySegment(
              Lanes.INTS, ALL, lines + (long) NibbleLines.LINE * j, Memory.ORDER);
      IntVector high = fifth.lanewise(VectorOperators.LSHR, 2 * j);
      IntVector first =
          q.lanewise(VectorOperators.LSHR, even)
              .and(15)
              .or(high.and(1).lanewise(VectorOperators.LSHL, 4));
      IntVector second =
          q.lanewise(VectorOperators.LSHR, odd)
              .and(15)
              .or(high.and(2).lanewise(VectorOperators.LSHL, 3));
      ((FloatVector) first.convertShape(VectorOperators.I2F, Lanes.FLOATS, 0))
          .fma(scale, offset)
          .intoMemorySegment(ALL, target, Memory.ORDER);
      ((FloatVector) second.convertShape(VectorOperators.I2F, Lanes.FLOATS, 0))
          .fma(scale, offset)
          .intoMemorySegment(ALL, target + LINE, Memory.ORDER);
      target += 2 * LINE;
    }
  }

  /** Sixteen inputs, whose further bits are in one plane. */
  private static void sixes(
      long lines,
      long plane,
      int line,
      int end,
      int even,
      int odd,
      long coefficients,
      long target) {
    FloatVector scale =
        FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, coefficients, Memory.ORDER);
    FloatVector offset =
        FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, coefficients + LINE, Memory.ORDER);
    IntVector high = IntVector.fromMemorySegment(Lanes.INTS, ALL, plane, Memory.ORDER);
    for (int j = line; j < end; j++) {
      IntVector q =
          IntVector.fromMemorySegment(
              Lanes.INTS, ALL, lines + (long) NibbleLines.LINE * j, Memory.ORDER);
      IntVector first =
          q.lanewise(VectorOperators.LSHR, even)
              .and(15)
              .or(high.and(3).lanewise(VectorOperators.LSHL, 4));
      IntVector second =
          q.lanewise(VectorOperators.LSHR, odd)
              .and(15)
              .or(high.and(12).lanewise(VectorOperators.LSHL, 2));
      high = high.lanewise(VectorOperators.LSHR, 4);
      ((FloatVector) first.convertShape(VectorOperators.I2F, Lanes.FLOATS, 0))
          .fma(scale, offset)
          .intoMemorySegment(ALL, target, Memory.ORDER);
      ((FloatVector) second.convertShape(VectorOperators.I2F, Lanes.FLOATS, 0))
          .fma(scale, offset)
          .intoMemorySegment(ALL, target + LINE, Memory.ORDER);
      target += 2 * LINE;
    }
  }
}
