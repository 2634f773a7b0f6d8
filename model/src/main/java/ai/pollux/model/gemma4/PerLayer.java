package ai.pollux.model.gemma4;

import ai.pollux.model.nn.Embedding;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/** What each block gets of a token besides what the block before returned. */
sealed interface PerLayer {
  /** What all blocks will get, one after the other: [T] and [T, D] → [T, L·P]. */
  Tensor inputs(Ops ops, int[] ids, Tensor embedded);

  /** Lets a block take in its part of {@code inputs}: [T, D] → [T, D]. */
  Tensor apply(Ops ops, int block, Tensor x, Tensor inputs);

  /** Nothing, in the sizes without per-layer embeddings. */
  record None() implements PerLayer {
    @Override
    public Tensor inputs(Ops ops, int[] ids, Tensor embedded) {
      return embedded;
    }

    @Override
    public Tensor apply(Ops ops, int block, Tensor x, Tensor inputs) {
      return x;
    }
  }

  /**
   * The mean of a row of a second table and a projection of the token's embedding, P values for
   * each block, times √2.
   *
   * @param table [V, L·P], times √P
   * @param placeholders tokens without a row of their own
   * @param projection [L·P, D]
   * @param projectionScale 1/√D
   * @param norm over the P values of one block
   * @param gates one for each of the L blocks
   * @param size P
   */
  record Embedded(
      Embedding table,
      Placeholders placeholders,
      Weight projection,
      float projectionScale,
      Norm norm,
      Gate[] gates,
      int size)
      implements PerLayer {
    private static final float ROOT_OF_HALF = (float) Math.sqrt(0.5);

    @Override
    public Tensor inputs(Ops ops, int[] ids, Tensor embedded) {
      Tensor projected = ops.scale(ops.linear(embedded, projection), projectionScale); // [T, L·P]
      Tensor normed = norm.apply(ops, ops.reshape(projected, ids.length, gates.length, size));
      Tensor flat = ops.reshape(normed, ids.length, gates.length * size);
      return ops.scale(ops.add(flat, table.apply(ops, placeholders.padded(ids))), ROOT_OF_HALF);
    }

    @Override
    public Tensor apply(Ops ops, int block, Tensor x, Tensor inputs) {
      return gates[block].apply(ops, x, ops.columns(inputs, block * size, size));
    }
  }

  /**
   * x + norm(projection · (gelu(gate · x) ⊙ p)).
   *
   * @param gate [P, D]
   * @param projection [D, P]
   * @param norm over the hidden size
   */
  record Gate(Weight gate, Weight projection, Norm norm) {
    /**
     * [T, D] → [T, D].
     *
     * @param p [T, P]
     */
    Tensor apply(Ops ops, Tensor x, Tensor p) {
      Tensor gated = ops.gated(ops.linear(x, gate), p, Activation.GELU_TANH); // [T, P]
      return ops.add(x, norm.apply(ops, ops.linear(gated, projection)));
    }
  }
}
