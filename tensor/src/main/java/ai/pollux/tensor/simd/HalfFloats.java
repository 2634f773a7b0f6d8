package ai.pollux.tensor.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** Vectors of IEEE 754 binary16 values, decoded exactly: the Vector API has no such cast. */
final class HalfFloats {
  private static final int EXPONENT_SHIFT = (127 - 15) << 23;

  private HalfFloats() {}

  /**
   * Decodes 64 values at the start of each of some blocks to floats [blocks][64], as {@link
   * Float#float16ToFloat}. One body without calls of our own, see {@link TileKernel}.
   *
   * @return {@code target}
   */
  static long decode(long source, int blockBytes, int blocks, long target) {
    for (int b = 0; b < blocks; b++) {
      long from = source + (long) blockBytes * b;
      long to = target + (long) TileFormat.LINE * b;
      for (long r = 0; r < TileFormat.ROWS; r += Lanes.COUNT) {
        IntVector half =
            (IntVector)
                ShortVector.fromMemorySegment(
                        Lanes.SHORT_VALUES, Memory.ALL, from + 2 * r, Memory.ORDER)
                    .castShape(Lanes.INTS, 0);
        IntVector magnitude = half.and(0x7fff);
        IntVector normal = magnitude.lanewise(VectorOperators.LSHL, 13).add(EXPONENT_SHIFT);
        FloatVector subnormal = ((FloatVector) magnitude.castShape(Lanes.FLOATS, 0)).mul(0x1p-24f);
        IntVector bits =
            normal
                .blend(normal.add(EXPONENT_SHIFT), magnitude.compare(VectorOperators.GE, 0x7c00))
                .blend(subnormal.reinterpretAsInts(), magnitude.compare(VectorOperators.LT, 0x400));
        bits.or(half.and(0x8000).lanewise(VectorOperators.LSHL, 16))
            .reinterpretAsFloats()
            .intoMemorySegment(Memory.ALL, to + 4 * r, Memory.ORDER);
      }
    }
    return target;
  }
}
