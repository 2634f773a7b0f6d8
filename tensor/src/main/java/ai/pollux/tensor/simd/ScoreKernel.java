package ai.pollux.tensor.simd;

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
    FloatVector a0 = FloatVector.zero(Lanes.FLOATS);
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
      FloatVector k0 = Memory.load(key);
      FloatVector k1 = Memory.load(key + Lanes.BYTES);
      FloatVector k2 = Memory.load(key + 2L * Lanes.BYTES);
      FloatVector k3 = Memory.load(key + 3L * Lanes.BYTES);
      FloatVector q = Memory.all(q0 + 4L * i);
      a0 = q.fma(k0, a0);
      a1 = q.fma(k1, a1);
      a2 = q.fma(k2, a2);
      a3 = q.fma(k3, a3);
      q = Memory.all(q1 + 4L * i);
      b0 = q.fma(k0, b0);
      b1 = q.fma(k1, b1);
      b2 = q.fma(k2, b2);
      b3 = q.fma(k3, b3);
      q = Memory.all(q2 + 4L * i);
      c0 = q.fma(k0, c0);
      c1 = q.fma(k1, c1);
      c2 = q.fma(k2, c2);
      c3 = q.fma(k3, c3);
      q = Memory.all(q3 + 4L * i);
      d0 = q.fma(k0, d0);
      d1 = q.fma(k1, d1);
      d2 = q.fma(k2, d2);
      d3 = q.fma(k3, d3);
    }
    Memory.store4(a0, a1, a2, a3, out);
    Memory.store4(b0, b1, b2, b3, out + 4L * SpanKernel.SPAN);
    Memory.store4(c0, c1, c2, c3, out + 8L * SpanKernel.SPAN);
    Memory.store4(d0, d1, d2, d3, out + 12L * SpanKernel.SPAN);
  }
}
