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

  /**
   * What one call takes for N rows, in bytes: 15 D a row for the attention, where each matrix with
   * a bias makes two tensors, or 6 D + 3 F for what follows.
   */
  long workingBytes(int rows) {
    long hidden = up.weight().in();
    long wide = up.weight().out();
    return Math.max(15 * hidden, 6 * hidden + 3 * wide) * rows * Float.BYTES;
  }

  /** [N, D] → [N, D]. */
  Tensor apply(Ops ops, Tensor x, Past past) {
    int mark = ops.mark();
    Tensor mixed = attention.apply(ops, attentionNorm.apply(ops, x), past, Turn.NONE);
    Tensor h = ops.release(mark, ops.add(x, mixed));
    Tensor hidden = up.apply(ops, feedForwardNorm.apply(ops, h)); // [N, F]
    return ops.add(h, down.apply(ops, ops.activate(hidden, Activation.GELU_TANH)));
  }
}
