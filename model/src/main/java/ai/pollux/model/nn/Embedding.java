package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * A row of a table for each token.
 *
 * @param table [V, D]
 * @param scale multiplies the rows; √D in Gemma
 */
public record Embedding(Weight table, float scale) {
  /** The rows of tokens: [T] → [T, D]. */
  public Tensor apply(Ops ops, int[] ids) {
    return ops.embed(ids, table, scale);
  }
}
