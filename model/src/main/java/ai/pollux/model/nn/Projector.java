package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * The way from an encoder's size to the decoder's.
 *
 * @param norm over the encoder's size
 * @param weight [D, I]
 */
public record Projector(Norm norm, Weight weight) {
  /** [n, I] → [n, D]. */
  public Tensor apply(Ops ops, Tensor x) {
    Expect.columns("projector", x, weight.in());
    return ops.linear(norm.apply(ops, x), weight);
  }
}
