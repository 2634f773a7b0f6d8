package ai.pollux.tensor.simd;

import jdk.incubator.vector.FloatVector;

/**
 * Multiplies a decoded chunk, floats [count][64], with one or four rows of inputs.
 *
 * <p>The bodies are written out: the compiler turns vectors into registers only while everything
 * inlines, and calls of small methods of ours are what it gives up first. Vectors narrower than 16
 * lanes go over the tile several times.
 */
final class TileKernel {
  private TileKernel() {}

  /** sums[64] += Σ x[i] · w[i][64]. */
  static void one(long w, int count, long x, long sums) {
    for (long lane = 0; lane < 64; lane += Lanes.BYTES) {
      oneRow(w + lane, count, x, sums + lane);
    }
  }

  private static void oneRow(long w, int count, long x, long sums) {
    FloatVector a0 = FloatVector.zero(Lanes.FLOATS);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    for (int i = 0; i < count; i++) {
      FloatVector v = FloatVector.broadcast(Lanes.FLOATS, Memory.ALL.get(Memory.FLOAT, x + 4L * i));
      long line = w + 256L * i;
      a0 = FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, line, Memory.ORDER).fma(v, a0);
      a1 =
          FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, line + 64, Memory.ORDER)
              .fma(v, a1);
      a2 =
          FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, line + 128, Memory.ORDER)
              .fma(v, a2);
      a3 =
          FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, line + 192, Memory.ORDER)
              .fma(v, a3);
    }
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums, Memory.ORDER)
        .add(a0)
        .intoMemorySegment(Memory.ALL, sums, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 64, Memory.ORDER)
        .add(a1)
        .intoMemorySegment(Memory.ALL, sums + 64, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 128, Memory.ORDER)
        .add(a2)
        .intoMemorySegment(Memory.ALL, sums + 128, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 192, Memory.ORDER)
        .add(a3)
        .intoMemorySegment(Memory.ALL, sums + 192, Memory.ORDER);
  }

  /** sums[r][64] += Σ xᵣ[i] · w[i][64] for four rows. */
  static void four(long w, int count, long x0, long x1, long x2, long x3, long sums) {
    if (Lanes.COUNT == 16) {
      fourRows(w, count, x0, x1, x2, x3, sums);
    } else {
      // Narrow vectors come with half as many registers.
      one(w, count, x0, sums);
      one(w, count, x1, sums + 256);
      one(w, count, x2, sums + 512);
      one(w, count, x3, sums + 768);
    }
  }

  // Longer than 40 lines: 16 sums that must stay in registers.
  private static void fourRows(long w, int count, long x0, long x1, long x2, long x3, long sums) {
    FloatVector a0 = FloatVector.zero(Lanes.FLOATS);
    FloatVector a1 = a0, a2 = a0, a3 = a0;
    FloatVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
    FloatVector c0 = a0, c1 = a0, c2 = a0, c3 = a0;
    FloatVector d0 = a0, d1 = a0, d2 = a0, d3 = a0;
    for (int i = 0; i < count; i++) {
      long line = w + 256L * i;
      FloatVector w0 = FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, line, Memory.ORDER);
      FloatVector w1 =
          FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, line + 64, Memory.ORDER);
      FloatVector w2 =
          FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, line + 128, Memory.ORDER);
      FloatVector w3 =
          FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, line + 192, Memory.ORDER);
      FloatVector v =
          FloatVector.broadcast(Lanes.FLOATS, Memory.ALL.get(Memory.FLOAT, x0 + 4L * i));
      a0 = w0.fma(v, a0);
      a1 = w1.fma(v, a1);
      a2 = w2.fma(v, a2);
      a3 = w3.fma(v, a3);
      v = FloatVector.broadcast(Lanes.FLOATS, Memory.ALL.get(Memory.FLOAT, x1 + 4L * i));
      b0 = w0.fma(v, b0);
      b1 = w1.fma(v, b1);
      b2 = w2.fma(v, b2);
      b3 = w3.fma(v, b3);
      v = FloatVector.broadcast(Lanes.FLOATS, Memory.ALL.get(Memory.FLOAT, x2 + 4L * i));
      c0 = w0.fma(v, c0);
      c1 = w1.fma(v, c1);
      c2 = w2.fma(v, c2);
      c3 = w3.fma(v, c3);
      v = FloatVector.broadcast(Lanes.FLOATS, Memory.ALL.get(Memory.FLOAT, x3 + 4L * i));
      d0 = w0.fma(v, d0);
      d1 = w1.fma(v, d1);
      d2 = w2.fma(v, d2);
      d3 = w3.fma(v, d3);
    }
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums, Memory.ORDER)
        .add(a0)
        .intoMemorySegment(Memory.ALL, sums, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 64, Memory.ORDER)
        .add(a1)
        .intoMemorySegment(Memory.ALL, sums + 64, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 128, Memory.ORDER)
        .add(a2)
        .intoMemorySegment(Memory.ALL, sums + 128, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 192, Memory.ORDER)
        .add(a3)
        .intoMemorySegment(Memory.ALL, sums + 192, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 256, Memory.ORDER)
        .add(b0)
        .intoMemorySegment(Memory.ALL, sums + 256, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 320, Memory.ORDER)
        .add(b1)
        .intoMemorySegment(Memory.ALL, sums + 320, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 384, Memory.ORDER)
        .add(b2)
        .intoMemorySegment(Memory.ALL, sums + 384, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 448, Memory.ORDER)
        .add(b3)
        .intoMemorySegment(Memory.ALL, sums + 448, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 512, Memory.ORDER)
        .add(c0)
        .intoMemorySegment(Memory.ALL, sums + 512, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 576, Memory.ORDER)
        .add(c1)
        .intoMemorySegment(Memory.ALL, sums + 576, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 640, Memory.ORDER)
        .add(c2)
        .intoMemorySegment(Memory.ALL, sums + 640, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 704, Memory.ORDER)
        .add(c3)
        .intoMemorySegment(Memory.ALL, sums + 704, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 768, Memory.ORDER)
        .add(d0)
        .intoMemorySegment(Memory.ALL, sums + 768, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 832, Memory.ORDER)
        .add(d1)
        .intoMemorySegment(Memory.ALL, sums + 832, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 896, Memory.ORDER)
        .add(d2)
        .intoMemorySegment(Memory.ALL, sums + 896, Memory.ORDER);
    FloatVector.fromMemorySegment(Lanes.FLOATS, Memory.ALL, sums + 960, Memory.ORDER)
        .add(d3)
        .intoMemorySegment(Memory.ALL, sums + 960, Memory.ORDER);
  }
}
