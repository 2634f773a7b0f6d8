package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/** Scores of four queries with a tile of keys: out[m][p] = Σᵢ q[m][i] · keys[i][p]. */
final class ScoreKernel {
  private ScoreKernel() {}

  /** Four queries at four addresses, all positions of a span. */
  static void run(long q0, long q1, long q2, long q3, int headSize, long keys, long out) {
    for (int p = 0; p < SpanKernel.SPAN; p += 4 * Lanes.COUNT) {
      scores(q0, q1, q2, q3, headSize, keys + 4L * p, out + 4L * p);
    }
  }

  /** out[m][p] += q[m][i] · keys[i][p], for p in four vectors, in order of i. */
  private static void scores(
      long q0, long q1, long q2, long q3, int headSize, long keys, long out) {
    FloatVector a0 = FloatVector.zero(FLOATS);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector b0 = a0;
    FloatVector b1 = a0;
    FloatVector b2 = a0;
    FloatVector b3 = a0;
    FloatVector c0 = a0;
    FloatVector c1 = a0;
    FloatVector c2 = a0;
    FloatVector c3 = a0;
    FloatVector d0 = a0;
    FloatVector d1 = a0;
    FloatVector d2 = a0;
    FloatVector d3 = a0;
    for (int i = 0; i < headSize; i++) {
      long key = keys + 4L * SpanKernel.KEY_STRIDE * i;
      FloatVector k0 = FloatVector.fromMemorySegment(FLOATS, ALL, key, ORDER);
      FloatVector k1 = FloatVector.fromMemorySegment(FLOATS, ALL, key + Lanes.BYTES, ORDER);
      FloatVector k2 = FloatVector.fromMemorySegment(FLOATS, ALL, key + 2L * Lanes.BYTES, ORDER);
      FloatVector k3 = FloatVector.fromMemorySegment(FLOATS, ALL, key + 3L * Lanes.BYTES, ORDER);
      FloatVector q = FloatVector.broadcast(FLOATS, Memory.get(q0 + 4L * i));
      a0 = q.fma(k0, a0);
      a1 = q.fma(k1, a1);
      a2 = q.fma(k2, a2);
      a3 = q.fma(k3, a3);
      q = FloatVector.broadcast(FLOATS, Memory.get(q1 + 4L * i));
      b0 = q.fma(k0, b0);
      b1 = q.fma(k1, b1);
      b2 = q.fma(k2, b2);
      b3 = q.fma(k3, b3);
      q = FloatVector.broadcast(FLOATS, Memory.get(q2 + 4L * i));
      c0 = q.fma(k0, c0);
      c1 = q.fma(k1, c1);
      c2 = q.fma(k2, c2);
      c3 = q.fma(k3, c3);
      q = FloatVector.broadcast(FLOATS, Memory.get(q3 + 4L * i));
      d0 = q.fma(k0, d0);
      d1 = q.fma(k1, d1);
      d2 = q.fma(k2, d2);
      d3 = q.fma(k3, d3);
    }
    a0.intoMemorySegment(ALL, out, ORDER);
    a1.intoMemorySegment(ALL, out + Lanes.BYTES, ORDER);
    a2.intoMemorySegment(ALL, out + 2L * Lanes.BYTES, ORDER);
    a3.intoMemorySegment(ALL, out + 3L * Lanes.BYTES, ORDER);
    long outB = out + 4L * SpanKernel.SPAN;
    b0.intoMemorySegment(ALL, outB, ORDER);
    b1.intoMemorySegment(ALL, outB + Lanes.BYTES, ORDER);
    b2.intoMemorySegment(ALL, outB + 2L * Lanes.BYTES, ORDER);
    b3.intoMemorySegment(ALL, outB + 3L * Lanes.BYTES, ORDER);
    long outC = out + 8L * SpanKernel.SPAN;
    c0.intoMemorySegment(ALL, outC, ORDER);
    c1.intoMemorySegment(ALL, outC + Lanes.BYTES, ORDER);
    c2.intoMemorySegment(ALL, outC + 2L * Lanes.BYTES, ORDER);
    c3.intoMemorySegment(ALL, outC + 3L * Lanes.BYTES, ORDER);
    long outD = out + 12L * SpanKernel.SPAN;
    d0.intoMemorySegment(ALL, outD, ORDER);
    d1.intoMemorySegment(ALL, outD + Lanes.BYTES, ORDER);
    d2.intoMemorySegment(ALL, outD + 2L * Lanes.BYTES, ORDER);
    d3.intoMemorySegment(ALL, outD + 3L * Lanes.BYTES, ORDER);
  }
}
