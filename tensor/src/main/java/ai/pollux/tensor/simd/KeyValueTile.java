package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Copies a block of cached values to a tile of floats. Whole vectors are copied: up to one less
 * than a vector of what follows a row comes along.
 */
final class KeyValueTile {
  /** 2¹¹², which moves an exponent of binary16, bias 15, to binary32, bias 127. */
  private static final float REBIAS = 0x1p112f;

  private KeyValueTile() {}

  /**
   * to[r][i] = from[r][i] for {@code count} values of each row.
   *
   * @param stride from row to row of the source, in values
   * @param toStride from row to row of the tile, in values
   */
  static void copy(
      CacheFormat format, long from, int stride, long to, int toStride, int rows, int count) {
    switch (format) {
      case F32 -> copyF32(from, 4L * stride, to, 4L * toStride, rows, count);
      case F16 -> copyF16(from, 2L * stride, to, 4L * toStride, rows, count);
      case BF16 -> copyBf16(from, 2L * stride, to, 4L * toStride, rows, count);
    }
  }

  private static void copyF32(long from, long stride, long to, long toStride, int rows, int count) {
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < count; i += Lanes.COUNT) {
        FloatVector.fromMemorySegment(FLOATS, ALL, from + row * stride + 4L * i, ORDER)
            .intoMemorySegment(ALL, to + row * toStride + 4L * i, ORDER);
      }
    }
  }

  /**
   * Float.float16ToFloat: the bits without sign, shifted and rescaled, are right for normal and
   * subnormal numbers; infinity and NaN get the largest exponent.
   */
  private static void copyF16(long from, long stride, long to, long toStride, int rows, int count) {
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < count; i += Lanes.COUNT) {
        IntVector bits =
            (IntVector)
                ShortVector.fromMemorySegment(
                        Lanes.SHORT_VALUES, ALL, from + row * stride + 2L * i, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, Lanes.INTS, 0);
        IntVector size = bits.and(0x7fff).lanewise(VectorOperators.LSHL, 13);
        IntVector sign = bits.and(0x8000).lanewise(VectorOperators.LSHL, 16);
        IntVector finite = size.reinterpretAsFloats().mul(REBIAS).reinterpretAsInts();
        IntVector value =
            finite.blend(size.or(0x7f80_0000), size.compare(VectorOperators.GE, 0x7c00 << 13));
        FloatVector result = value.or(sign).reinterpretAsFloats();
        result.intoMemorySegment(ALL, to + row * toStride + 4L * i, ORDER);
      }
    }
  }

  /** The upper half of a binary32. */
  private static void copyBf16(
      long from, long stride, long to, long toStride, int rows, int count) {
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < count; i += Lanes.COUNT) {
        IntVector bits =
            (IntVector)
                ShortVector.fromMemorySegment(
                        Lanes.SHORT_VALUES, ALL, from + row * stride + 2L * i, ORDER)
                    .convertShape(VectorOperators.ZERO_EXTEND_S2I, Lanes.INTS, 0);
        bits.lanewise(VectorOperators.LSHL, 16)
            .reinterpretAsFloats()
            .intoMemorySegment(ALL, to + row * toStride + 4L * i, ORDER);
      }
    }
  }
}
