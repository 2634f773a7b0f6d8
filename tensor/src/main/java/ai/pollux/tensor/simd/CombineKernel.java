package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/** y[t, r] = Σₛ shares[t, r, s] · x[t, s], in order of s. */
final class CombineKernel implements RangeKernel {
  private final Split split;
  private long shares;
  private boolean oneForAll;
  private long x;
  private long out;
  private int results;
  private int count;
  private int width;

  CombineKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor factors, SimdTensor vectors, SimdTensor result) {
    shares = factors.address();
    oneForAll = factors.rank() == 2;
    x = vectors.address();
    out = result.address();
    results = result.size(1);
    count = vectors.size(1);
    width = vectors.size(2);
    split.rows(this, vectors.size(0) * results, width * count);
  }

  @Override
  public void range(int from, int end) {
    for (int row = from; row < end; row++) {
      long factors = shares + 4L * count * (oneForAll ? row % results : row);
      long vectors = x + 4L * count * width * (row / results);
      row(factors, vectors, out + 4L * width * row);
    }
  }

  private void row(long factors, long vectors, long result) {
    int i = 0;
    for (; i <= width - 4 * Lanes.COUNT; i += 4 * Lanes.COUNT) {
      four(factors, count, vectors + 4L * i, 4L * width, result + 4L * i);
    }
    for (; i <= width - Lanes.COUNT; i += Lanes.COUNT) {
      one(factors, count, vectors + 4L * i, 4L * width, result + 4L * i);
    }
    for (; i < width; i++) {
      float sum = 0;
      for (int s = 0; s < count; s++) {
        float value = Memory.get(vectors + 4L * ((long) s * width + i));
        sum = Math.fma(Memory.get(factors + 4L * s), value, sum);
      }
      Memory.set(result + 4L * i, sum);
    }
  }

  /** out[i] = Σₛ shares[s] · x[s][i], for i in four vectors. */
  private static void four(long shares, int count, long x, long stride, long out) {
    FloatVector a = FloatVector.zero(FLOATS);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    for (int s = 0; s < count; s++) {
      FloatVector share = FloatVector.broadcast(FLOATS, Memory.get(shares + 4L * s));
      long at = x + stride * s;
      a = share.fma(FloatVector.fromMemorySegment(FLOATS, ALL, at, ORDER), a);
      b = share.fma(FloatVector.fromMemorySegment(FLOATS, ALL, at + Lanes.BYTES, ORDER), b);
      c = share.fma(FloatVector.fromMemorySegment(FLOATS, ALL, at + 2L * Lanes.BYTES, ORDER), c);
      d = share.fma(FloatVector.fromMemorySegment(FLOATS, ALL, at + 3L * Lanes.BYTES, ORDER), d);
    }
    a.intoMemorySegment(ALL, out, ORDER);
    b.intoMemorySegment(ALL, out + Lanes.BYTES, ORDER);
    c.intoMemorySegment(ALL, out + 2L * Lanes.BYTES, ORDER);
    d.intoMemorySegment(ALL, out + 3L * Lanes.BYTES, ORDER);
  }

  /** out[i] = Σₛ shares[s] · x[s][i], for i in one vector. */
  private static void one(long shares, int count, long x, long stride, long out) {
    FloatVector sum = FloatVector.zero(FLOATS);
    for (int s = 0; s < count; s++) {
      sum =
          FloatVector.broadcast(FLOATS, Memory.get(shares + 4L * s))
              .fma(FloatVector.fromMemorySegment(FLOATS, ALL, x + stride * s, ORDER), sum);
    }
    sum.intoMemorySegment(ALL, out, ORDER);
  }
}
