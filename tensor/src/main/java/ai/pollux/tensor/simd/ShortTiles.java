package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;

/** F16 and BF16: [inputs][64] shorts. */
record ShortTiles(boolean bfloat) implements TileFormat {
  private static final int LINE_BYTES = ROWS * Short.BYTES;

  @Override
  public boolean isSlowerThanMemory() {
    return false;
  }

  @Override
  public long bytes(int inputs) {
    return (long) LINE_BYTES * inputs;
  }

  @Override
  public void pack(long source, long rowBytes, int rows, int inputs, long tile, long codes) {
    for (int r = 0; r < rows; r++) {
      long from = source + r * rowBytes;
      for (int i = 0; i < inputs; i++) {
        short value = ALL.get(JAVA_SHORT_UNALIGNED, from + 2L * i);
        ALL.set(JAVA_SHORT_UNALIGNED, tile + (long) LINE_BYTES * i + 2L * r, value);
      }
    }
  }

  @Override
  public long decode(long tile, int from, int count, long scratch) {
    long source = tile + (long) LINE_BYTES * from;
    if (bfloat) {
      decodeBfloat(source, count * ROWS, scratch);
    } else {
      HalfFloats.decode(source, LINE_BYTES, count, scratch);
    }
    return scratch;
  }

  private static void decodeBfloat(long source, int values, long target) {
    for (int i = 0; i < values; i += Lanes.COUNT) {
      IntVector bits =
          (IntVector)
              ShortVector.fromMemorySegment(Lanes.SHORT_VALUES, ALL, source + 2L * i, Memory.ORDER)
                  .castShape(Lanes.INTS, 0);
      bits.lanewise(VectorOperators.LSHL, 16).intoMemorySegment(ALL, target + 4L * i, Memory.ORDER);
    }
  }
}
