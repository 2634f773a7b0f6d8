package ai.pollux.model.gemma4;

import ai.pollux.model.nn.Attention;
import ai.pollux.model.nn.KeyValues;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/**
 * One block of Gemma 4. The model hands it keys and values, because the last blocks of some sizes
 * read those of an earlier one.
 *
 * @param isLocal whether its attention has a sliding window
 * @param ownsKeys whether {@code keyValues} is its own, or that of the last block of its kind that
 *     owns one
 * @param lendsKeys whether later blocks read its keys and values
 * @param scale multiplies what it returns
 */
record Gemma4Block(
    boolean isLocal,
    boolean ownsKeys,
    boolean lendsKeys,
    Norm attentionNorm,
    KeyValues keyValues,
    Attention attention,
    Norm attentionOutputNorm,
    FeedForward feedForward,
    Norm feedForwardOutputNorm,
    float scale) {

  /**
   * Both halves, without per-layer values and scale: [T, D] → [T, D].
   *
   * @param normed {@code attentionNorm} of {@code x}
   * @param keys [T, G, K]
   * @param values [T, G, K]
   */
  Tensor apply(Ops ops, Tensor x, Tensor normed, Tensor keys, Tensor values, Past past) {
    Tensor mixed = attention.apply(ops, normed, keys, values, past);
    Tensor h = ops.add(x, attentionOutputNorm.apply(ops, mixed));
    return ops.add(h, feedForwardOutputNorm.apply(ops, feedForward.apply(ops, h)));
  }
}
