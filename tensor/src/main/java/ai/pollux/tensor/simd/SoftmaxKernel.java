package ai.pollux.tensor.simd;

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
    FloatVector largest = FloatVector.broadcast(Lanes.FLOATS, Float.NEGATIVE_INFINITY);
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      largest = largest.max(Memory.load(x + 4L * i));
    }
    float max = largest.reduceLanes(VectorOperators.MAX);
    for (; i < count; i++) {
      max = Math.max(max, Memory.get(x + 4L * i));
    }
    return max;
  }

  /** out[i] = e^(x[i] - max); returns their sum, by lanes, then across lanes, then the rest. */
  private static float exponentials(long x, float max, long out, int count) {
    FloatVector sums = FloatVector.zero(Lanes.FLOATS);
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector y = VectorMath.exp(Memory.load(x + 4L * i).sub(max));
      sums = sums.add(y);
      Memory.store(y, out + 4L * i);
    }
    float sum = VectorMath.sum(sums);
    for (; i < count; i++) {
      float y = (float) Math.exp(Memory.get(x + 4L * i) - max);
      sum += y;
      Memory.set(out + 4L * i, y);
    }
    return sum;
  }

  /** y[i] = y[i] / sum. */
  private static void divide(long y, float sum, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      Memory.store(Memory.load(y + 4L * i).div(sum), y + 4L * i);
    }
    for (; i < count; i++) {
      Memory.set(y + 4L * i, Memory.get(y + 4L * i) / sum);
    }
  }
}
