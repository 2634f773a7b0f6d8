package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/** (x - mean) / √(variance + ε) · gain + bias, row by row. */
final class LayerNormKernel implements RangeKernel {
  private final Split split;
  private long x;
  private long gain;
  private long bias;
  private long out;
  private int width;
  private float epsilon;

  LayerNormKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  void run(SimdTensor input, SimdTensor factor, SimdTensor offset, float small, SimdTensor result) {
    x = input.address();
    gain = factor.address();
    bias = offset.address();
    out = result.address();
    width = input.size(-1);
    epsilon = small;
    split.rows(this, width == 0 ? 0 : input.elements() / width, width);
  }

  @Override
  public void range(int from, int end) {
    for (int row = from; row < end; row++) {
      long at = 4L * row * width;
      float mean = VectorMath.sum(x + at, width) / width;
      center(x + at, mean, out + at, width);
      double variance = (double) VectorMath.squares(out + at, width) / width;
      finish(out + at, (float) (1 / Math.sqrt(variance + epsilon)));
    }
  }

  /** out[i] = x[i] - mean. */
  static void center(long x, float mean, long out, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
          .sub(mean)
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
    for (; i < count; i++) {
      Memory.set(out + 4L * i, Memory.get(x + 4L * i) - mean);
    }
  }

  /** y[i] = y[i] · factor · gain[i] + bias[i]. */
  private void finish(long y, float factor) {
    int i = 0;
    for (; i <= width - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector scaled =
          FloatVector.fromMemorySegment(FLOATS, ALL, y + 4L * i, ORDER).mul(factor);
      scaled
          .mul(FloatVector.fromMemorySegment(FLOATS, ALL, gain + 4L * i, ORDER))
          .add(FloatVector.fromMemorySegment(FLOATS, ALL, bias + 4L * i, ORDER))
          .intoMemorySegment(ALL, y + 4L * i, ORDER);
    }
    for (; i < width; i++) {
      float scaled = Memory.get(y + 4L * i) * factor;
      Memory.set(y + 4L * i, scaled * Memory.get(gain + 4L * i) + Memory.get(bias + 4L * i));
    }
  }
}
