package ai.pollux.model.nn;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * Attention with grouped queries, <a href="https://arxiv.org/abs/2305.13245">arXiv 2305.13245</a>:
 * the half that asks, and the way back to the hidden size.
 *
 * @param name where it stands in the model, for messages
 * @param query [H·K, D]
 * @param queryNorm per head, before the rotation
 * @param output [D, H·K]
 * @param heads H
 * @param headSize K
 */
public record Attention(
    String name,
    Weight query,
    Norm queryNorm,
    Weight output,
    Rope rope,
    AttentionSpec spec,
    int heads,
    int headSize) {

  /** Attention over keys and values of the layer's own: [T, D] → [T, D]. */
  public Tensor apply(Ops ops, Tensor x, KeyValues own, Past past) {
    Tensor projected = own.project(ops, x); // [T, G·K]
    Tensor keys = own.keys(ops, projected, past);
    return apply(ops, x, keys, own.values(ops, x, projected), past);
  }

  /**
   * Attention over given keys and values: [T, D] → [T, D].
   *
   * @param keys [T, G, K], of the rows of this step; earlier ones are {@code past}'s
   * @param values [T, G, K]
   */
  public Tensor apply(Ops ops, Tensor x, Tensor keys, Tensor values, Past past) {
    Expect.columns(name, x, query.in());
    Tensor queries = ops.reshape(ops.linear(x, query), x.size(0), heads, headSize); // [T, H, K]
    queries = ops.rope(queryNorm.apply(ops, queries), rope, past);
    Tensor mixed = ops.attention(queries, keys, values, spec, past); // [T, H·K]
    return ops.linear(mixed, output);
  }
}
