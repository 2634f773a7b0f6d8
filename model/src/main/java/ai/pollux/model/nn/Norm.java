package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;

/** A normalisation over the innermost axis; shapes are kept. */
public sealed interface Norm {
  /** The normalised values. */
  Tensor apply(Ops ops, Tensor x);

  /** x / √(mean(x²) + ε) · gain, with a gain per value of the innermost axis. */
  record Rms(Tensor gain, float epsilon) implements Norm {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      return ops.rmsNorm(x, gain, epsilon);
    }
  }

  /** x / √(mean(x²) + ε), without a gain. */
  record Plain(float epsilon) implements Norm {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      return ops.rmsNorm(x, epsilon);
    }
  }

  /** (x - mean) / √(variance + ε) · gain + bias. */
  record Layer(Tensor gain, Tensor bias, float epsilon) implements Norm {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      return ops.layerNorm(x, gain, bias, epsilon);
    }
  }

  /** (x + shift) ⊙ gain, both known from training. */
  record Fixed(Tensor shift, Tensor gain) implements Norm {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      return ops.multiply(ops.add(x, shift), gain);
    }
  }

  /** The values as they are, for families that do not normalise here. */
  record None() implements Norm {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      return x;
    }
  }
}
