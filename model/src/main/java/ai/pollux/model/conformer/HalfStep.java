package ai.pollux.model.conformer;

import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;

/**
 * A feed-forward layer of which only a part is added: x + share · norm(down · silu(up · norm(x))).
 *
 * @param norm before it
 * @param up [F, D]
 * @param down [D, F]
 * @param outputNorm after it
 * @param share of what it computes that is added; a half in the paper
 * @param limit the largest magnitude of what is normalised
 */
public record HalfStep(
    Norm norm, Linear up, Linear down, Norm outputNorm, float share, float limit) {
  /** [T, D] → [T, D]. */
  Tensor apply(Ops ops, Tensor x) {
    Tensor normed = norm.apply(ops, ops.clamp(x, -limit, limit));
    Tensor hidden = ops.activate(up.apply(ops, normed), Activation.SILU); // [T, F]
    Tensor fed = ops.clamp(down.apply(ops, hidden), -limit, limit);
    return ops.add(x, ops.scale(outputNorm.apply(ops, fed), share));
  }
}
