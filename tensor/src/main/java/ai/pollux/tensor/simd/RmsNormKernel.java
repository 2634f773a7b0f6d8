package ai.pollux.tensor.simd;

import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** x / √(mean(x²) + ε), times a gain where there is one, row by row. */
final class RmsNormKernel implements RangeKernel {
  private final Split split;
  private long x;
  private long gain;
  private boolean hasGain;
  private long out;
  private int width;
  private float epsilon;

  RmsNormKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor input, @Nullable SimdTensor factor, float small, SimdTensor result) {
    x = input.address();
    hasGain = factor != null;
    gain = factor == null ? 0 : factor.address();
    out = result.address();
    width = input.size(-1);
    epsilon = small;
    split.rows(this, width == 0 ? 0 : input.elements() / width, width);
  }

  @Override
  public void range(int from, int end) {
    for (int row = from; row < end; row++) {
      long at = 4L * row * width;
      float factor = (float) (1 / Math.sqrt((double) squares(x + at, width) / width + epsilon));
      scale(x + at, factor, out + at, width);
      if (hasGain) {
        BroadcastKernel.multiply(out + at, gain, out + at, width);
      }
    }
  }

  /** Σ x[i]², in two sums per lane, then across lanes, then the rest. */
  static float squares(long x, int count) {
    FloatVector even = FloatVector.zero(Lanes.FLOATS);
    FloatVector odd = FloatVector.zero(Lanes.FLOATS);
    int i = 0;
    for (; i <= count - 2 * Lanes.COUNT; i += 2 * Lanes.COUNT) {
      FloatVector a = Memory.load(x + 4L * i);
      FloatVector b = Memory.load(x + 4L * i + Lanes.BYTES);
      even = a.fma(a, even);
      odd = b.fma(b, odd);
    }
    float sum = VectorMath.sum(even.add(odd));
    for (; i < count; i++) {
      sum = Math.fma(Memory.get(x + 4L * i), Memory.get(x + 4L * i), sum);
    }
    return sum;
  }

  /** out[i] = x[i] · factor. */
  static void scale(long x, float factor, long out, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      Memory.store(Memory.load(x + 4L * i).mul(factor), out + 4L * i);
    }
    for (; i < count; i++) {
      Memory.set(out + 4L * i, Memory.get(x + 4L * i) * factor);
    }
  }
}
