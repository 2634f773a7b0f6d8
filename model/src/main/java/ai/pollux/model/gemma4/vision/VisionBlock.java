package ai.pollux.model.gemma4.vision;

import ai.pollux.model.nn.EncoderAttention;
import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.Norm;
import ai.pollux.model.nn.Turn;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/**
 * One block of the tower: h = x + norm(attention(norm(x))), y = h + norm(mlp(norm(h))).
 *
 * @param attentionNorm before the attention
 * @param attentionOutputNorm after it
 * @param feedForwardNorm before the gated feed-forward layer
 * @param gate [F, D]
 * @param up [F, D]
 * @param down [D, F]
 * @param feedForwardOutputNorm after it
 */
record VisionBlock(
    Norm attentionNorm,
    EncoderAttention attention,
    Norm attentionOutputNorm,
    Norm feedForwardNorm,
    Linear gate,
    Linear up,
    Linear down,
    Norm feedForwardOutputNorm) {

  /**
   * What one call takes for N rows, in bytes: 25 D a row for the attention, where each bounded
   * matrix makes three tensors, or 8 D + 6 F for what follows.
   */
  long workingBytes(int rows) {
    long hidden = gate.weight().in();
    long wide = gate.weight().out();
    return Math.max(25 * hidden, 8 * hidden + 6 * wide) * rows * Float.BYTES;
  }

  /** [N, D] → [N, D]. */
  Tensor apply(Ops ops, Tensor x, Past past, Turn turn) {
    int mark = ops.mark();
    Tensor mixed = attention.apply(ops, attentionNorm.apply(ops, x), past, turn);
    Tensor h = ops.release(mark, ops.add(x, attentionOutputNorm.apply(ops, mixed)));
    Tensor normed = feedForwardNorm.apply(ops, h);
    Tensor hidden =
        ops.gated(gate.apply(ops, normed), up.apply(ops, normed), Activation.GELU_TANH); // [N, F]
    return ops.add(h, feedForwardOutputNorm.apply(ops, down.apply(ops, hidden)));
  }
}
