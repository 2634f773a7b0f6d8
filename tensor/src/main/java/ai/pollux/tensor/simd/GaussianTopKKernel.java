package ai.pollux.tensor.simd;

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
      float mean = LayerNormKernel.sum(x + at, width) / width;
      LayerNormKernel.center(x + at, mean, out + at, width);
      double deviation = Math.sqrt((double) RmsNormKernel.squares(out + at, width) / width);
      above((float) (deviations * deviation), out + at, width);
    }
  }

  /** y[i] = max(y[i] - cutoff, 0). */
  private static void above(float cutoff, long y, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector v = Memory.load(y + 4L * i).sub(cutoff);
      Memory.store(v.blend(0f, v.compare(VectorOperators.LT, 0f)), y + 4L * i);
    }
    for (; i < count; i++) {
      Memory.set(y + 4L * i, Math.max(Memory.get(y + 4L * i) - cutoff, 0));
    }
  }
}
