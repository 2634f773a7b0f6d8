package ai.pollux.model.gemma4;

import ai.pollux.model.nn.GatedMlp;
import ai.pollux.model.nn.MixtureOfExperts;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;

/** The second half of a block, without its residual: [T, D] → [T, D]. */
sealed interface FeedForward {
  Tensor apply(Ops ops, Tensor x);

  /**
   * mlp(norm(x)).
   *
   * @param norm before it
   */
  record Dense(Norm norm, GatedMlp mlp) implements FeedForward {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      return mlp.apply(ops, norm.apply(ops, x));
    }
  }

  /**
   * Beside the dense layer a mixture of experts, each with norms of its own; the router sees x
   * itself.
   *
   * @param denseNorm after the dense layer
   * @param expertsNorm before the experts
   * @param expertsOutputNorm after them
   */
  record Mixed(
      Dense dense,
      Norm denseNorm,
      Norm expertsNorm,
      MixtureOfExperts experts,
      Norm expertsOutputNorm)
      implements FeedForward {
    @Override
    public Tensor apply(Ops ops, Tensor x) {
      Tensor routing = experts.routing(ops, x); // [T, E]
      Tensor sparse = experts.apply(ops, expertsNorm.apply(ops, x), routing);
      return ops.add(
          denseNorm.apply(ops, dense.apply(ops, x)), expertsOutputNorm.apply(ops, sparse));
    }
  }
}
