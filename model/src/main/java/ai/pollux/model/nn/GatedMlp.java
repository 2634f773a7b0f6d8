package ai.pollux.model.nn;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * down · (activation(gate · x) ⊙ (up · x)), <a href="https://arxiv.org/abs/2002.05202">arXiv
 * 2002.05202</a>.
 *
 * @param name where it stands in the model, for messages
 * @param gate [F, D]
 * @param up [F, D]
 * @param down [D, F]
 */
public record GatedMlp(String name, Weight gate, Weight up, Weight down, Activation activation) {
  /** [T, D] → [T, D]. */
  public Tensor apply(Ops ops, Tensor x) {
    Expect.columns(name, x, gate.in());
    Tensor hidden = ops.gated(ops.linear(x, gate), ops.linear(x, up), activation); // [T, F]
    return ops.linear(hidden, down);
  }
}
