package ai.pollux.tensor.simd;

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
      float mean = sum(x + at, width) / width;
      center(x + at, mean, out + at, width);
      double variance = (double) RmsNormKernel.squares(out + at, width) / width;
      finish(out + at, (float) (1 / Math.sqrt(variance + epsilon)));
    }
  }

  /** Σ x[i], by lanes, then across lanes, then the rest. */
  static float sum(long x, int count) {
    FloatVector sums = FloatVector.zero(Lanes.FLOATS);
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      sums = sums.add(Memory.load(x + 4L * i));
    }
    float sum = VectorMath.sum(sums);
    for (; i < count; i++) {
      sum += Memory.get(x + 4L * i);
    }
    return sum;
  }

  /** out[i] = x[i] - mean. */
  static void center(long x, float mean, long out, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      Memory.store(Memory.load(x + 4L * i).sub(mean), out + 4L * i);
    }
    for (; i < count; i++) {
      Memory.set(out + 4L * i, Memory.get(x + 4L * i) - mean);
    }
  }

  /** y[i] = y[i] · factor · gain[i] + bias[i]. */
  private void finish(long y, float factor) {
    int i = 0;
    for (; i <= width - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector scaled = Memory.load(y + 4L * i).mul(factor);
      Memory.store(
          scaled.mul(Memory.load(gain + 4L * i)).add(Memory.load(bias + 4L * i)), y + 4L * i);
    }
    for (; i < width; i++) {
      float scaled = Memory.get(y + 4L * i) * factor;
      Memory.set(y + 4L * i, scaled * Memory.get(gain + 4L * i) + Memory.get(bias + 4L * i));
    }
  }
}
