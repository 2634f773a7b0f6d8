package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/** max(x - (mean + deviations · σ), 0), row by row. */
final class GaussianTopKKernel implements RangeKernel {
  private final Split split;
  private long x;
  private long out;
  private int width;
  private float deviations;

  GaussianTopKKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor input, float distance, SimdTensor result) {
    x = input.address();
    out = result.address();
    width = input.size(-1);
    deviations = distance;
    split.rows(this, width == 0 ? 0 : input.elements() / width, width);
  }

  @Override
  public void range(int from, int end) {
    for (int row = from; row < end; row++) {
      long at = 4L * row * width;
      float mean = VectorMath.sum(x + at, width) / width;
      LayerNormKernel.center(x + at, mean, out + at, width);
      double deviation = Math.sqrt((double) VectorMath.squares(out + at, width) / width);
      above((float) (deviations * deviation), out + at, width);
    }
  }

  /** y[i] = max(y[i] - cutoff, 0). */
  private static void above(float cutoff, long y, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, y + 4L * i, ORDER).sub(cutoff);
      v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
    for (; i < count; i++) {
      Memory.set(y + 4L * i, Math.max(Memory.get(y + 4L * i) - cutoff, 0));
    }
  }
}
