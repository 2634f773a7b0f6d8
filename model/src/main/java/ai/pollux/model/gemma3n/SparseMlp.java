package ai.pollux.model.gemma3n;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * down · (gelu(top(gate · x)) ⊙ (up · x)), where {@code top} keeps the gates that stand out of
 * their row.
 *
 * @param gate [F, D]
 * @param up [F, D]
 * @param down [D, F]
 * @param deviations by how many standard deviations a gate has to stand out; -∞ where all count as
 *     they are
 */
record SparseMlp(Weight gate, Weight up, Weight down, float deviations) {
  /** [T, D] → [T, D]. */
  Tensor apply(Ops ops, Tensor x) {
    Tensor gates = ops.linear(x, gate); // [T, F]
    if (deviations > Float.NEGATIVE_INFINITY) {
      gates = ops.gaussianTopK(gates, deviations);
    }
    return ops.linear(ops.gated(gates, ops.linear(x, up), Activation.GELU_TANH), down);
  }
}
