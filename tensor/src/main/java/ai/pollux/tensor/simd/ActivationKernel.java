package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import ai.pollux.tensor.Activation;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.jspecify.annotations.Nullable;

/**
 * activation(x), or activation(x) ⊙ up. The last vector of a range may reach into the result's
 * padding.
 */
final class ActivationKernel implements RangeKernel {
  private static final float TWO_ROOT_TWO_OVER_PI = (float) (2 * Math.sqrt(2 / Math.PI));

  private final Split split;
  private Activation activation = Activation.RELU;
  private long x;
  private long up;
  private boolean gated;
  private long out;

  ActivationKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  /** Computes; {@code factor} is null for the activation alone. */
  void run(SimdTensor input, @Nullable SimdTensor factor, Activation kind, SimdTensor result) {
    x = input.address();
    gated = factor != null;
    up = factor == null ? 0 : factor.address();
    activation = kind;
    out = result.address();
    split.values(this, input.elements());
  }

  @Override
  public void range(int from, int end) {
    switch (activation) {
      case GELU_TANH -> gelu(from, end);
      case SILU -> silu(from, end);
      case RELU -> relu(from, end);
      case SIGMOID -> VectorMath.sigmoid(x + 4L * from, out + 4L * from, end - from);
      case TANH -> VectorMath.tanh(1, 1, x + 4L * from, out + 4L * from, end - from);
    }
    if (gated) {
      BroadcastKernel.multiply(out + 4L * from, up + 4L * from, out + 4L * from, end - from);
    }
  }

  /**
   * out[i] = x[i] · σ(2u), u = √(2/π) · (x[i] + 0.044715 · x[i]³): the same as 0.5 · x · (1 +
   * tanh(u)), without its cancellation below 0.
   */
  private void gelu(int from, int end) {
    for (int i = from; i < end; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
      FloatVector inner = v.mul(v).mul(0.044715f).add(1f).mul(v).mul(TWO_ROOT_TWO_OVER_PI);
      inner.neg().intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
    overOnePlusExp(from, end);
  }

  /** out[i] = x[i] / (1 + e^-x[i]). */
  private void silu(int from, int end) {
    for (int i = from; i < end; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
          .neg()
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
    overOnePlusExp(from, end);
  }

  /** out[i] = x[i] / (1 + e^out[i]). */
  private void overOnePlusExp(int from, int end) {
    VectorMath.exp(out + 4L * from, out + 4L * from, end - from);
    for (int i = from; i < end; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
      v.div(FloatVector.fromMemorySegment(FLOATS, ALL, out + 4L * i, ORDER).add(1f))
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
  }

  /** out[i] = max(x[i], 0). */
  private void relu(int from, int end) {
    for (int i = from; i < end; i += Lanes.COUNT) {
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
      v.blend(0f, v.compare(VectorOperators.LT, 0f)).intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
  }
}
