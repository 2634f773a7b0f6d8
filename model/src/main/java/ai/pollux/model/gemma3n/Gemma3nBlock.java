package ai.pollux.model.gemma3n;

import ai.pollux.model.nn.Attention;
import ai.pollux.model.nn.KeyValues;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/**
 * One block of Gemma 3n. The model hands it keys and values, because the last blocks read those of
 * an earlier one.
 *
 * @param isLocal whether its attention has a sliding window
 * @param ownsKeys whether {@code keyValues} is its own, or that of the last block of its kind that
 *     owns one
 * @param lendsKeys whether later blocks read its keys and values
 */
record Gemma3nBlock(
    boolean isLocal,
    boolean ownsKeys,
    boolean lendsKeys,
    AltUp altUp,
    Norm attentionNorm,
    Laurel laurel,
    KeyValues keyValues,
    Attention attention,
    Norm attentionOutputNorm,
    Norm feedForwardNorm,
    SparseMlp feedForward,
    Norm feedForwardOutputNorm,
    PerLayer.Gate perLayer) {
  private static final float ROOT_OF_HALF = (float) Math.sqrt(0.5);

  /**
   * What the block makes of the active stream: [T, D] → [T, D].
   *
   * @param normed {@code attentionNorm} of {@code x}
   * @param keys [T, G, K]
   * @param values [T, G, K]
   */
  Tensor compute(Ops ops, Tensor x, Tensor normed, Tensor keys, Tensor values, Past past) {
    Tensor residual = laurel.apply(ops, normed);
    Tensor mixed = attention.apply(ops, normed, keys, values, past);
    Tensor attended = ops.add(x, attentionOutputNorm.apply(ops, mixed));
    Tensor h = ops.scale(ops.add(attended, residual), ROOT_OF_HALF);
    Tensor fed = feedForward.apply(ops, feedForwardNorm.apply(ops, h));
    return ops.add(h, feedForwardOutputNorm.apply(ops, fed));
  }

  /**
   * All streams after the block: [T, S, D] → same.
   *
   * @param predictions of the streams
   * @param x the active one of these
   * @param computed what {@link #compute} made of it
   * @param p [T, P], the tokens' values for this block
   */
  Tensor update(Ops ops, Tensor predictions, Tensor x, Tensor computed, Tensor p) {
    Tensor corrected = altUp.correct(ops, predictions, x, computed);
    return perLayer.apply(ops, corrected, altUp.active(ops, corrected), p);
  }
}
