package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/** A matrix with what belongs to it, where a layer's files differ in that: [T, I] → [T, O]. */
public sealed interface Linear {
  /** x · weightᵀ, and what else there is. */
  Tensor apply(Ops ops, Tensor x);

  /** [O, I]. */
  Weight weight();

  /** x · weightᵀ. */
  record Plain(Weight weight) implements Linear {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      return ops.linear(x, weight);
    }
  }

  /**
   * x · weightᵀ + bias.
   *
   * @param bias [O]
   */
  record Biased(Weight weight, Tensor bias) implements Linear {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      return ops.add(ops.linear(x, weight), bias);
    }
  }

  /**
   * Inputs and outputs kept between bounds, as in training with quantisation: clamp(clamp(x) ·
   * weightᵀ).
   */
  record Clipped(Weight weight, float inputMin, float inputMax, float outputMin, float outputMax)
      implements Linear {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      Tensor inside = ops.clamp(x, inputMin, inputMax);
      return ops.clamp(ops.linear(inside, weight), outputMin, outputMax);
    }
  }
}
