package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Memory.ALL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;

/**
 * Q8_0: for each block of 32 inputs 64 scales (F16), then [32][64] bytes. A weight d · q is exact
 * in a float: 11 bits times 8.
 */
record ByteTiles() implements TileFormat {
  private static final int BLOCK = 32;
  private static final int SCALES = ROWS * Short.BYTES;
  private static final int BLOCK_BYTES = SCALES + BLOCK * ROWS;
  private static final int SOURCE_BYTES = 2 + BLOCK;

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
        long to = block + SCALES + r;
        for (long i = 0; i < BLOCK; i++) {
          ALL.set(JAVA_BYTE, to + ROWS * i, ALL.get(JAVA_BYTE, from + 2 + i));
        }
      }
    }
  }

  @Override
  public long decode(long tile, int from, int count, long scratch) {
    long block = tile + (long) BLOCK_BYTES * (from / BLOCK);
    long scales = HalfFloats.decode(block, BLOCK_BYTES, count / BLOCK, scratch + CHUNK * LINE);
    for (long lane = 0; lane < GROUP; lane += Lanes.COUNT) {
      decode(scales + 4 * lane, block + SCALES + lane, count / BLOCK, scratch + 4 * lane);
    }
    return scratch;
  }

  private static void decode(long scales, long q, int blocks, long line) {
    for (int b = 0; b < blocks; b++) {
      FloatVector s0 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales, Memory.ORDER);
      FloatVector s1 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 64, Memory.ORDER);
      FloatVector s2 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 128, Memory.ORDER);
      FloatVector s3 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 192, Memory.ORDER);
      for (int i = 0; i < BLOCK; i++) {
        ((FloatVector)
                ByteVector.fromMemorySegment(Lanes.BYTE_VALUES, ALL, q, Memory.ORDER)
                    .castShape(Lanes.FLOATS, 0))
            .mul(s0)
            .intoMemorySegment(ALL, line, Memory.ORDER);
        ((FloatVector)
                ByteVector.fromMemorySegment(Lanes.BYTE_VALUES, ALL, q + 16, Memory.ORDER)
                    .castShape(Lanes.FLOATS, 0))
            .mul(s1)
            .intoMemorySegment(ALL, line + 64, Memory.ORDER);
        ((FloatVector)
                ByteVector.fromMemorySegment(Lanes.BYTE_VALUES, ALL, q + 32, Memory.ORDER)
                    .castShape(Lanes.FLOATS, 0))
            .mul(s2)
            .intoMemorySegment(ALL, line + 128, Memory.ORDER);
        ((FloatVector)
                ByteVector.fromMemorySegment(Lanes.BYTE_VALUES, ALL, q + 48, Memory.ORDER)
                    .castShape(Lanes.FLOATS, 0))
            .mul(s3)
            .intoMemorySegment(ALL, line + 192, Memory.ORDER);
        q += ROWS;
        line += LINE;
      }
      q += SCALES;
      scales += LINE;
    }
  }

  @Override
  public void dot(long tile, int from, int count, long x, long sums, long scratch) {
    long block = tile + (long) BLOCK_BYTES * (from / BLOCK);
    long scales = HalfFloats.decode(block, BLOCK_BYTES, count / BLOCK, scratch + CHUNK * LINE);
    for (long lane = 0; lane < GROUP; lane += Lanes.COUNT) {
      dot(scales + 4 * lane, block + SCALES + lane, count / BLOCK, x, sums + 4 * lane);
    }
  }

  private static void dot(long scales, long q, int blocks, long x, long sums) {
    FloatVector a0 = FloatVector.zero(Lanes.FLOATS);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int b = 0; b < blocks; b++) {
      FloatVector s0 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales, Memory.ORDER);
      FloatVector s1 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 64, Memory.ORDER);
      FloatVector s2 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 128, Memory.ORDER);
      FloatVector s3 = FloatVector.fromMemorySegment(Lanes.FLOATS, ALL, scales + 192, Memory.ORDER);
      for (int i = 0; i < BLOCK; i++) {
        FloatVector v = FloatVector.broadcast(Lanes.FLOATS, ALL.get(Memory.FLOAT, x + 4L * i));
        a0 =
            ((FloatVector)
                    ByteVector.fromMemorySegment(Lanes.BYTE_VALUES, ALL, q, Memory.ORDER)
                        .castShape(Lanes.FLOATS, 0))
                .mul(s0)
                .fma(v, a0);
        a1 =
            ((FloatVector)
                    ByteVector.fromMemorySegment(Lanes.BYTE_VALUES, ALL, q + 16, Memory.ORDER)
                        .castShape(Lanes.FLOATS, 0))
                .mul(s1)
                .fma(v, a1);
        a2 =
            ((FloatVector)
                    ByteVector.fromMemorySegment(Lanes.BYTE_VALUES, ALL, q + 32, Memory.ORDER)
                        .castShape(Lanes.FLOATS, 0))
                .mul(s2)
                .fma(v, a2);
        a3 =
            ((FloatVector)
                    ByteVector.fromMemorySegment(Lanes.BYTE_VALUES, ALL, q + 48, Memory.ORDER)
                        .castShape(Lanes.FLOATS, 0))
                .mul(s3)
                .fma(v, a3);
        q += ROWS;
      }
      q += SCALES;
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
