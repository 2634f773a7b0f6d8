package ai.pollux.model.conformer;

import ai.pollux.model.nn.Linear;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * Attention to the rows just before, which knows how far back each is.
 *
 * @param query [H·K, D]
 * @param queryScale [K], multiplies the queries of each head
 * @param key [H·K, D]
 * @param keyScale multiplies the keys, though not those of distances
 * @param value [H·K, D]
 * @param distance [H·K, D], makes keys of distances
 * @param output [D, H·K]
 * @param heads H
 * @param headSize K
 * @param softcap c in c · tanh(score / c)
 */
public record DistanceAttention(
    Linear query,
    Tensor queryScale,
    Linear key,
    float keyScale,
    Linear value,
    Weight distance,
    Linear output,
    int heads,
    int headSize,
    float softcap) {

  /**
   * [T, D] → [T, D].
   *
   * @param distances [N, D], one for each of the rows that are seen
   */
  Tensor apply(Ops ops, Tensor x, Tensor distances, Past past) {
    Tensor queries = ops.multiply(heads(ops, query.apply(ops, x)), queryScale); // [T, H, K]
    Tensor keys = ops.scale(heads(ops, key.apply(ops, x)), keyScale);
    Tensor values = heads(ops, value.apply(ops, x));
    Tensor relative = heads(ops, ops.linear(distances, distance)); // [N, H, K]
    Tensor mixed = ops.relativeAttention(queries, keys, values, relative, softcap, past);
    return output.apply(ops, mixed);
  }

  private Tensor heads(Ops ops, Tensor x) {
    return ops.reshape(x, x.size(0), heads, headSize);
  }
}
