package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

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
      float factor =
          (float) (1 / Math.sqrt((double) VectorMath.squares(x + at, width) / width + epsilon));
      scale(x + at, factor, out + at, width);
      if (hasGain) {
        BroadcastKernel.multiply(out + at, gain, out + at, width);
      }
    }
  }

  /** out[i] = x[i] · factor. */
  static void scale(long x, float factor, long out, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
          .mul(factor)
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
    for (; i < count; i++) {
      Memory.set(out + 4L * i, Memory.get(x + 4L * i) * factor);
    }
  }
}
