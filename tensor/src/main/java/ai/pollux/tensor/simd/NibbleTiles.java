package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Q4_0: for each block of 32 inputs 64 scales (F16), then 16 lines as {@link NibbleLines} has them.
 *
 * <p>A nibble is not converted to a float but put into the mantissa of one: 1 + q/c, c = 2⁷, 2¹¹ or
 * 2¹⁵ by where the nibble lies. The weight d · (q - 8) is then (1 + q/c) · (d · c) - d · (c + 8),
 * one fused multiply-add. All of its terms are exact: d has 11 bits, c + 8 at most 13.
 */
record NibbleTiles() implements TileFormat {
  private static final int BLOCK = 32;
  private static final int SCALES = ROWS * Short.BYTES;
  private static final int BLOCK_BYTES = SCALES + NibbleLines.BYTES;
  private static final int SOURCE_BYTES = 2 + BLOCK / 2;
  private static final int ONE = 0x3f800000;

  @Override
  public long bytes(int inputs) {
    return (long) BLOCK_BYTES * (inputs / BLOCK);
  }

  @Override
  public void pack(long source, long rowBytes, int rows, int inputs, long tile, long codes) {
    for (int b = 0; b < inputs / BLOCK; b++) {
      long block = tile + (long) BLOCK_BYTES * b;
      for (int r = 0; r < rows; r++) {
        long from = source + r * rowBytes + (long) SOURCE_BYTES * b;
        ALL.set(JAVA_SHORT_UNALIGNED, block + 2L * r, ALL.get(JAVA_SHORT_UNALIGNED, from));
        NibbleLines.split(from + 2, codes + (long) BLOCK * r);
      }
      NibbleLines.pack(codes, BLOCK, block + SCALES);
    }
  }

  @Override
  public long decode(long tile, int from, int count, long scratch) {
    long block = tile + (long) BLOCK_BYTES * (from / BLOCK);
    long scales = HalfFloats.decode(block, BLOCK_BYTES, count / BLOCK, scratch + CHUNK * LINE);
    for (long lane = 0; lane < GROUP; lane += Lanes.COUNT) {
      decode(scales + 4 * lane, block + SCALES + 4 * lane, count / BLOCK, scratch + 4 * lane);
    }
    return scratch;
  }

  // Longer than 40 lines: a helper per nibble would not be inlined, see TileKernel.
  private static void decode(long scales, long lines, int blocks, long line) {
    for (int b = 0; b < blocks; b++) {
      FloatVector s0 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales, Memory.ORDER);
      FloatVector s1 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 64, Memory.ORDER);
      FloatVector s2 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 128, Memory.ORDER);
      FloatVector s3 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 192, Memory.ORDER);
      FloatVector m0 = s0.mul(128f);
      FloatVector b0 = s0.mul(-136f);
      FloatVector m1 = s1.mul(2048f);
      FloatVector b1 = s1.mul(-2056f);
      FloatVector m2 = s2.mul(32768f);
      FloatVector b2 = s2.mul(-32776f);
      FloatVector m3 = s3.mul(32768f);
      FloatVector b3 = s3.mul(-32776f);
      for (int i = 0; i < BLOCK / 2; i++) {
        IntVector q = IntVector.fromMemorySegment(Lanes.INTS, ALL, lines, Memory.ORDER);
        IntVector r = q.lanewise(VectorOperators.LSHR, 12);
        q.and(0xf0000)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(m0, b0)
            .intoMemorySegment(ALL, line, Memory.ORDER);
        q.and(0xf000)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(m1, b1)
            .intoMemorySegment(ALL, line + 64, Memory.ORDER);
        q.and(0xf00)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(m2, b2)
            .intoMemorySegment(ALL, line + 128, Memory.ORDER);
        q.lanewise(VectorOperators.LSHL, 4)
            .and(0xf00)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(m3, b3)
            .intoMemorySegment(ALL, line + 192, Memory.ORDER);
        r.and(0xf0000)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(m0, b0)
            .intoMemorySegment(ALL, line + 256, Memory.ORDER);
        r.and(0xf000)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(m1, b1)
            .intoMemorySegment(ALL, line + 320, Memory.ORDER);
        r.and(0xf00)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(m2, b2)
            .intoMemorySegment(ALL, line + 384, Memory.ORDER);
        q.lanewise(VectorOperators.LSHL, 8)
            .and(0xf00)
            .or(ONE)
            .reinterpretAsFloats()
            .fma(m3, b3)
            .intoMemorySegment(ALL, line + 448, Memory.ORDER);
        lines += NibbleLines.LINE;
        line += 2 * LINE;
      }
      lines += SCALES;
      scales += LINE;
    }
  }

  @Override
  public void dot(long tile, int from, int count, long x, long sums, long scratch) {
    long block = tile + (long) BLOCK_BYTES * (from / BLOCK);
    long scales = HalfFloats.decode(block, BLOCK_BYTES, count / BLOCK, scratch + CHUNK * LINE);
    for (long lane = 0; lane < GROUP; lane += Lanes.COUNT) {
      dot(scales + 4 * lane, block + SCALES + 4 * lane, count / BLOCK, x, sums + 4 * lane);
    }
  }

  // Longer than 40 lines, for the same reason.
  private static void dot(long scales, long lines, int blocks, long x, long sums) {
    FloatVector a0 = FloatVector.zero(Lanes.FLOATS);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int b = 0; b < blocks; b++) {
      FloatVector s0 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales, Memory.ORDER);
      FloatVector s1 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 64, Memory.ORDER);
      FloatVector s2 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 128, Memory.ORDER);
      FloatVector s3 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 192, Memory.ORDER);
      FloatVector m0 = s0.mul(128f);
      FloatVector b0 = s0.mul(-136f);
      FloatVector m1 = s1.mul(2048f);
      FloatVector b1 = s1.mul(-2056f);
      FloatVector m2 = s2.mul(32768f);
      FloatVector b2 = s2.mul(-32776f);
      FloatVector m3 = s3.mul(32768f);
      FloatVector b3 = s3.mul(-32776f);
      for (int i = 0; i < BLOCK / 2; i++) {
        IntVector q = IntVector.fromMemorySegment(Lanes.INTS, ALL, lines, Memory.ORDER);
        IntVector r = q.lanewise(VectorOperators.LSHR, 12);
        FloatVector v = FloatVector.broadcast(Lanes.FLOATS, ALL.get(Memory.FLOAT, x + 8L * i));
        FloatVector u = FloatVector.broadcast(Lanes.FLOATS, ALL.get(Memory.FLOAT, x + 8L * i + 4));
        a0 = q.and(0xf0000).or(ONE).reinterpretAsFloats().fma(m0, b0).fma(v, a0);
        a1 = q.and(0xf000).or(ONE).reinterpretAsFloats().fma(m1, b1).fma(v, a1);
        a2 = q.and(0xf00).or(ONE).reinterpretAsFloats().fma(m2, b2).fma(v, a2);
        a3 =
            q.lanewise(VectorOperators.LSHL, 4)
                .and(0xf00)
                .or(ONE)
                .reinterpretAsFloats()
                .fma(m3, b3)
                .fma(v, a3);
        a0 = r.and(0xf0000).or(ONE).reinterpretAsFloats().fma(m0, b0).fma(u, a0);
        a1 = r.and(0xf000).or(ONE).reinterpretAsFloats().fma(m1, b1).fma(u, a1);
        a2 = r.and(0xf00).or(ONE).reinterpretAsFloats().fma(m2, b2).fma(u, a2);
        a3 =
            q.lanewise(VectorOperators.LSHL, 8)
                .and(0xf00)
                .or(ONE)
                .reinterpretAsFloats()
                .fma(m3, b3)
                .fma(u, a3);
        lines += NibbleLines.LINE;
      }
      lines += SCALES;
      scales += LINE;
      x += 4 * BLOCK;
    }
    FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, sums, Memory.ORDER)
        .add(a0)
        .intoMemorySegment(ALL, sums, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, sums + 64, Memory.ORDER)
        .add(a1)
        .intoMemorySegment(ALL, sums + 64, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, sums + 128, Memory.ORDER)
        .add(a2)
        .intoMemorySegment(ALL, sums + 128, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, sums + 192, Memory.ORDER)
        .add(a3)
        .intoMemorySegment(ALL, sums + 192, Memory.ORDER);
  }
}
