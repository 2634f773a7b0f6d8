package ai.pollux.model.conformer;

import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/**
 * One block: half a feed-forward layer, attention, convolution, the other half.
 *
 * @param attentionNorm before the attention
 * @param attentionOutputNorm after it
 * @param norm of what the block returns
 * @param limit the largest magnitude of what is normalised
 */
public record ConformerBlock(
    HalfStep first,
    Norm attentionNorm,
    DistanceAttention attention,
    Norm attentionOutputNorm,
    LightConvolution convolution,
    HalfStep second,
    Norm norm,
    float limit) {
  /** [T, D] → [T, D]. */
  Tensor apply(Ops ops, Tensor x, Tensor distances, Past past) {
    Tensor h = first.apply(ops, x);
    Tensor normed = attentionNorm.apply(ops, ops.clamp(h, -limit, limit));
    Tensor mixed = attention.apply(ops, normed, distances, past);
    h = ops.add(h, attentionOutputNorm.apply(ops, ops.clamp(mixed, -limit, limit)));
    h = second.apply(ops, convolution.apply(ops, h));
    return norm.apply(ops, ops.clamp(h, -limit, limit));
  }
}
