package ai.pollux.model.nn;

import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;

/**
 * An encoder's attention: each row sees all rows of its input, earlier and later ones.
 *
 * @param name where it stands in the model, for messages
 * @param query [H·K, D]
 * @param queryNorm per head, before the turn
 * @param key [H·K, D]
 * @param keyNorm per head, before the turn
 * @param value [H·K, D]
 * @param valueNorm per head
 * @param output [D, H·K]
 * @param scale multiplies q · k
 * @param heads H
 * @param headSize K
 */
public record EncoderAttention(
    String name,
    Linear query,
    Norm queryNorm,
    Linear key,
    Norm keyNorm,
    Linear value,
    Norm valueNorm,
    Linear output,
    float scale,
    int heads,
    int headSize) {

  /**
   * [T, D] → [T, D].
   *
   * @param past {@link Past#bidirectional}: which rows belong together
   */
  public Tensor apply(Ops ops, Tensor x, Past past, Turn turn) {
    Expect.columns(name, x, query.weight().in());
    Tensor queries = turn.apply(ops, queryNorm.apply(ops, heads(ops, query.apply(ops, x))));
    Tensor keys = turn.apply(ops, keyNorm.apply(ops, heads(ops, key.apply(ops, x))));
    Tensor values = valueNorm.apply(ops, heads(ops, value.apply(ops, x))); // [T, H, K]
    Tensor mixed = ops.attention(queries, keys, values, spec(), past); // [T, H·K]
    return output.apply(ops, mixed);
  }

  private AttentionSpec spec() {
    return new AttentionSpec(0, false, AttentionSpec.UNBOUNDED, scale, 0, true);
  }

  private Tensor heads(Ops ops, Tensor x) {
    return ops.reshape(x, x.size(0), heads, headSize);
  }
}
