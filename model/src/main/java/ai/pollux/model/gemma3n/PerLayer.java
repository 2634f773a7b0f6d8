package ai.pollux.model.gemma3n;

import ai.pollux.model.loading.Range;
import ai.pollux.model.nn.Embedding;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * What each block gets of a token besides its streams: the mean of a row of a second table and a
 * projection of the token's embedding, P values for each block, times √2.
 *
 * @param table [V, values of all blocks of the file], times √P
 * @param vocabulary how many tokens have a row of their own
 * @param columns of the table's rows, those of the L blocks that are there, in order
 * @param projection [L·P, D]
 * @param projectionScale 1/√D
 * @param norm over the P values of one block
 * @param size P
 */
record PerLayer(
    Embedding table,
    int vocabulary,
    Range[] columns,
    Weight projection,
    float projectionScale,
    Norm norm,
    int size) {
  private static final float ROOT_OF_HALF = (float) Math.sqrt(0.5);

  /** What all blocks will get, one after the other: [T] and [T, D] → [T, L·P]. */
  Tensor inputs(Ops ops, int[] ids, Tensor embedded) {
    int width = projection.out();
    Tensor projected = ops.scale(ops.linear(embedded, projection), projectionScale); // [T, L·P]
    Tensor heads = ops.reshape(projected, ids.length, width / size, size);
    Tensor normed = ops.reshape(norm.apply(ops, heads), ids.length, width);
    return ops.scale(ops.add(normed, rows(ops, ids)), ROOT_OF_HALF);
  }

  private Tensor rows(Ops ops, int[] ids) {
    Tensor all = table.apply(ops, known(ids));
    if (all.size(1) == projection.out()) {
      return all;
    }
    Tensor kept = ops.columns(all, columns[0].from(), columns[0].count());
    for (int i = 1; i < columns.length; i++) {
      kept = ops.concatenate(kept, ops.columns(all, columns[i].from(), columns[i].count()));
    }
    return kept;
  }

  /** Tokens without a row, those of images and sounds, use the first: that of padding. */
  private int[] known(int[] ids) {
    for (int id : ids) {
      if (id >= vocabulary) {
        int[] known = ids.clone();
        for (int i = 0; i < known.length; i++) {
          known[i] = known[i] < vocabulary ? known[i] : 0;
        }
        return known;
      }
    }
    return ids;
  }

  /**
   * Lets a block take in its part: norm(projection · (gelu(gate · (x ⊙ scale)) ⊙ p)), added to all
   * streams but the first.
   *
   * @param scale [D]
   * @param gate [P, D]
   * @param projection [D, P]
   * @param norm over the hidden size
   * @param receivers [S, 1]: 0 for the first stream, 1 for the others
   */
  record Gate(Tensor scale, Weight gate, Weight projection, Norm norm, Tensor receivers) {
    /**
     * [T, S, D] → same.
     *
     * @param active [T, D], the active stream
     * @param p [T, P]
     */
    Tensor apply(Ops ops, Tensor streams, Tensor active, Tensor p) {
      Tensor gates = ops.linear(ops.multiply(active, scale), gate); // [T, P]
      Tensor gated = ops.gated(gates, p, Activation.GELU_TANH);
      Tensor news = norm.apply(ops, ops.linear(gated, projection)); // [T, D]
      Tensor one = ops.reshape(news, active.size(0), 1, active.size(1));
      return ops.add(streams, ops.combine(receivers, one));
    }
  }
}
