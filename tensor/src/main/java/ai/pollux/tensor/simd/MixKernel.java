package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/**
 * Values of a tile, mixed by shares: out[m][i] += Σₚ shares[m][p] · values[p][i], in order of p. A
 * position that a query does not see is left out, not multiplied by 0: it may hold a NaN.
 */
final class MixKernel {
  private MixKernel() {}

  /**
   * Four queries, whose results are overwritten, positions {@code from … end - 1} of the span.
   *
   * @param width values per row of the tile and of the result, whole vectors
   */
  static void four(long shares, int from, int end, long values, int width, long out) {
    int i = 0;
    for (; i <= width - 4 * Lanes.COUNT; i += 4 * Lanes.COUNT) {
      mix4(shares, from, end, values + 4L * i, 4L * width, out + 4L * i);
    }
    for (; i < width; i += Lanes.COUNT) {
      mix1(shares, from, end, values + 4L * i, 4L * width, out + 4L * i);
    }
  }

  /** The same as {@link #mix4} for i in one vector: heads of 72 values are four and a half. */
  private static void mix1(long shares, int from, int end, long values, long stride, long out) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int p = from; p < end; p++) {
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, values + stride * p, ORDER);
      long share = shares + 4L * p;
      a = FloatVector.broadcast(FLOATS, Memory.get(share)).fma(v, a);
      b = FloatVector.broadcast(FLOATS, Memory.get(share + 4L * SpanKernel.SPAN)).fma(v, b);
      c = FloatVector.broadcast(FLOATS, Memory.get(share + 8L * SpanKernel.SPAN)).fma(v, c);
      d = FloatVector.broadcast(FLOATS, Memory.get(share + 12L * SpanKernel.SPAN)).fma(v, d);
    }
    a.intoMemorySegment(ALL, out, ORDER);
    b.intoMemorySegment(ALL, out + stride, ORDER);
    c.intoMemorySegment(ALL, out + 2 * stride, ORDER);
    d.intoMemorySegment(ALL, out + 3 * stride, ORDER);
  }

  /**
   * out[m][i] = Σₚ shares[m][p] · values[p][i], for i in four vectors, in order of p. Sums begin at
   * 0 and not with what is there: sixteen loads more, and the compiler stops inlining.
   */
  private static void mix4(long shares, int from, int end, long values, long stride, long out) {
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
    for (int p = from; p < end; p++) {
      long value = values + stride * p;
      FloatVector v0 = FloatVector.fromMemorySegment(FLOATS, ALL, value, ORDER);
      FloatVector v1 = FloatVector.fromMemorySegment(FLOATS, ALL, value + Lanes.BYTES, ORDER);
      FloatVector v2 = FloatVector.fromMemorySegment(FLOATS, ALL, value + 2L * Lanes.BYTES, ORDER);
      FloatVector v3 = FloatVector.fromMemorySegment(FLOATS, ALL, value + 3L * Lanes.BYTES, ORDER);
      long share = shares + 4L * p;
      FloatVector s = FloatVector.broadcast(FLOATS, Memory.get(share));
      a0 = s.fma(v0, a0);
      a1 = s.fma(v1, a1);
      a2 = s.fma(v2, a2);
      a3 = s.fma(v3, a3);
      s = FloatVector.broadcast(FLOATS, Memory.get(share + 4L * SpanKernel.SPAN));
      b0 = s.fma(v0, b0);
      b1 = s.fma(v1, b1);
      b2 = s.fma(v2, b2);
      b3 = s.fma(v3, b3);
      s = FloatVector.broadcast(FLOATS, Memory.get(share + 8L * SpanKernel.SPAN));
      c0 = s.fma(v0, c0);
      c1 = s.fma(v1, c1);
      c2 = s.fma(v2, c2);
      c3 = s.fma(v3, c3);
      s = FloatVector.broadcast(FLOATS, Memory.get(share + 12L * SpanKernel.SPAN));
      d0 = s.fma(v0, d0);
      d1 = s.fma(v1, d1);
      d2 = s.fma(v2, d2);
      d3 = s.fma(v3, d3);
    }
    a0.intoMemorySegment(ALL, out, ORDER);
    a1.intoMemorySegment(ALL, out + Lanes.BYTES, ORDER);
    a2.intoMemorySegment(ALL, out + 2L * Lanes.BYTES, ORDER);
    a3.intoMemorySegment(ALL, out + 3L * Lanes.BYTES, ORDER);
    long outB = out + stride;
    b0.intoMemorySegment(ALL, outB, ORDER);
    b1.intoMemorySegment(ALL, outB + Lanes.BYTES, ORDER);
    b2.intoMemorySegment(ALL, outB + 2L * Lanes.BYTES, ORDER);
    b3.intoMemorySegment(ALL, outB + 3L * Lanes.BYTES, ORDER);
    long outC = out + 2 * stride;
    c0.intoMemorySegment(ALL, outC, ORDER);
    c1.intoMemorySegment(ALL, outC + Lanes.BYTES, ORDER);
    c2.intoMemorySegment(ALL, outC + 2L * Lanes.BYTES, ORDER);
    c3.intoMemorySegment(ALL, outC + 3L * Lanes.BYTES, ORDER);
    long outD = out + 3 * stride;
    d0.intoMemorySegment(ALL, outD, ORDER);
    d1.intoMemorySegment(ALL, outD + Lanes.BYTES, ORDER);
    d2.intoMemorySegment(ALL, outD + 2L * Lanes.BYTES, ORDER);
    d3.intoMemorySegment(ALL, outD + 3L * Lanes.BYTES, ORDER);
  }

  /** One query, added to its result, positions {@code from … end - 1} of the span. */
  static void one(long shares, int from, int end, long values, int width, long out) {
    for (int p = from; p < end; p++) {
      FloatVector share = FloatVector.broadcast(FLOATS, Memory.get(shares + 4L * p));
      long value = values + 4L * width * p;
      for (int i = 0; i < width; i += Lanes.COUNT) {
        FloatVector sum = FloatVector.fromMemorySegment(FLOATS, ALL, out + 4L * i, ORDER);
        share
            .fma(FloatVector.fromMemorySegment(FLOATS, ALL, value + 4L * i, ORDER), sum)
            .intoMemorySegment(ALL, out + 4L * i, ORDER);
      }
    }
  }

  /** out[i] = 0. */
  static void clear(long out, int count) {
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector.zero(FLOATS).intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
  }
}
