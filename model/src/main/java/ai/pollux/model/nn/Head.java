package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * Scores of the next token: cap · tanh(x · weightᵀ / cap).
 *
 * @param weight [V, D]; the embedding's table in families that tie the two
 * @param softcap the cap; 0 for none
 */
public record Head(Weight weight, float softcap) {
  /** [N, D] → [N, V]. */
  public Tensor apply(Ops ops, Tensor hidden) {
    Expect.columns("head", hidden, weight.in());
    Tensor scores = ops.linear(hidden, weight); // [N, V]
    return softcap > 0 ? ops.softcap(scores, softcap) : scores;
  }
}
