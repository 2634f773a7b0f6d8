package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * The way of one kind of media to the decoder's size, as Gemma 3n has it: for the rows of an
 * encoder ("soft"), and for the tokens that belong to that kind ("hard").
 *
 * @param table [V', I], rows of the tokens
 * @param hardNorm of rows of the table
 * @param softNorm of rows of the encoder
 * @param projection [D, I]
 * @param outputNorm over the decoder's size
 */
public record MediaEmbedder(
    Weight table, Norm hardNorm, Norm softNorm, Weight projection, Norm outputNorm) {
  /** [n, I] → [n, D]. */
  public Tensor soft(Ops ops, Tensor rows) {
    Expect.columns("media embedder", rows, projection.in());
    return outputNorm.apply(ops, ops.linear(softNorm.apply(ops, rows), projection));
  }

  /**
   * → [n, D].
   *
   * @param tokens rows of the table: ids less that of the kind's first token
   */
  public Tensor hard(Ops ops, int... tokens) {
    Tensor rows = hardNorm.apply(ops, ops.embed(tokens, table, 1));
    return outputNorm.apply(ops, ops.linear(rows, projection));
  }
}
