package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** eˣ / Σ eˣ, row by row. */
final class SoftmaxKernel implements RangeKernel {
  private final Split split;
  private long x;
  private long out;
  private int width;

  SoftmaxKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor input, SimdTensor result) {
    x = input.address();
    out = result.address();
    width = input.size(-1);
    split.rows(this, width == 0 ? 0 : input.elements() / width, width);
  }

  @Override
  public void range(int from, int end) {
    for (int row = from; row < end; row++) {
      long at = 4L * row * width;
      float sum = exponentials(x + at, max(x + at, width), out + at, width);
      divide(out + at, sum, width);
    }
  }

  /** max x[i]. */
  private static float max(long x, int count) {
    FloatVector largest = FloatVector.broadcast(FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      largest = largest.max(FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER));
    }
    float max = largest.reduceLanes(VectorOperators.MAX);
    for (; i < count; i++) {
      max = Math.max(max, Memory.get(x + 4L * i));
    }
    return max;
  }

  /** out[i] = e^(x[i] - max); returns their sum, by lanes, then across lanes, then the rest. */
  private static float exponentials(long x, float max, long out, int count) {
    int vectors = count - count % Lanes.COUNT;
    for (int i = 0; i < vectors; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
          .sub(max)
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
    VectorMath.exp(out, out, vectors);
    for (int i = vectors; i < count; i++) {
      Memory.set(out + 4L * i, (float) Math.exp(Memory.get(x + 4L * i) - max));
    }
    return VectorMath.sum(out, count);
  }

  /** y[i] = y[i] / sum. */
  private static void divide(long y, float sum, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, y + 4L * i, ORDER)
          .div(sum)
          .intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
    for (; i < count; i++) {
      Memory.set(y + 4L * i, Memory.get(y + 4L * i) / sum);
    }
  }
}
