package ai.pollux.model.gemma3.vision;

import ai.pollux.model.nn.EncoderAttention;
import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.Norm;
import ai.pollux.model.nn.Turn;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/**
 * One block of the tower: h = x + attention(norm(x)), y = h + down · gelu(up · norm(h)).
 *
 * @param attentionNorm before the attention
 * @param feedForwardNorm before the feed-forward layer
 * @param up [F, D]
 * @param down [D, F]
 */
record SiglipBlock(
    Norm attentionNorm, EncoderAttention attention, Norm feedForwardNorm, Linear up, Linear down) {

  /** [N, D] → [N, D]. */
  Tensor apply(Ops ops, Tensor x, Past past) {
    Tensor mixed = attention.apply(ops, attentionNorm.apply(ops, x), past, Turn.NONE);
    Tensor h = ops.add(x, mixed);
    Tensor hidden = up.apply(ops, feedForwardNorm.apply(ops, h)); // [N, F]
    return ops.add(h, down.apply(ops, ops.activate(hidden, Activation.GELU_TANH)));
  }
}
