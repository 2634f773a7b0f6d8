package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/** One step of a decoder: attention, then a feed-forward layer, each added to what came in. */
public sealed interface Block {
  /** [T, D] → [T, D]. */
  Tensor apply(Ops ops, Tensor x, Past past);

  /**
   * Normalised before each half, as in Llama: h = x + attention(norm(x)), y = h + mlp(norm(h)).
   *
   * @param attentionNorm before the attention
   * @param feedForwardNorm before the feed-forward layer
   */
  record PreNorm(
      Norm attentionNorm,
      KeyValues keyValues,
      Attention attention,
      Norm feedForwardNorm,
      GatedMlp feedForward)
      implements Block {
    @Override
    public Tensor apply(Ops ops, Tensor x, Past past) {
      Tensor mixed = attention.apply(ops, attentionNorm.apply(ops, x), keyValues, past);
      Tensor h = ops.add(x, mixed);
      return ops.add(h, feedForward.apply(ops, feedForwardNorm.apply(ops, h)));
    }
  }

  /**
   * Normalised before and after each half, as in Gemma 3: h = x + norm(attention(norm(x))), y = h +
   * norm(mlp(norm(h))).
   *
   * @param attentionNorm before the attention
   * @param attentionOutputNorm after it
   * @param feedForwardNorm before the feed-forward layer
   * @param feedForwardOutputNorm after it
   */
  record Sandwich(
      Norm attentionNorm,
      KeyValues keyValues,
      Attention attention,
      Norm attentionOutputNorm,
      Norm feedForwardNorm,
      GatedMlp feedForward,
      Norm feedForwardOutputNorm)
      implements Block {
    @Override
    public Tensor apply(Ops ops, Tensor x, Past past) {
      Tensor mixed = attention.apply(ops, attentionNorm.apply(ops, x), keyValues, past);
      Tensor h = ops.add(x, attentionOutputNorm.apply(ops, mixed));
      Tensor fed = feedForward.apply(ops, feedForwardNorm.apply(ops, h));
      return ops.add(h, feedForwardOutputNorm.apply(ops, fed));
    }
  }
}
