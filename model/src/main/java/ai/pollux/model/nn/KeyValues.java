package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * The half of an attention layer that makes keys and values. Apart from {@link Attention}, because
 * several layers may read the keys and values of one.
 *
 * @param name where it stands in the model, for messages
 * @param key [G·K, D]
 * @param value [G·K, D]; the same object as {@code key} where a family uses one projection for both
 * @param keyNorm per head, before the rotation
 * @param valueNorm per head
 * @param kvHeads G
 * @param headSize K
 */
public record KeyValues(
    String name,
    Weight key,
    Weight value,
    Norm keyNorm,
    Norm valueNorm,
    Rope rope,
    int kvHeads,
    int headSize) {

  /** What both keys and values start from where they share a weight: [T, D] → [T, G·K]. */
  public Tensor project(Ops ops, Tensor x) {
    Expect.columns(name, x, key.in());
    return ops.linear(x, key);
  }

  /** Normalised, rotated keys: [T, G·K] → [T, G, K]. */
  public Tensor keys(Ops ops, Tensor projected, Past past) {
    return ops.rope(keyNorm.apply(ops, heads(ops, projected)), rope, past);
  }

  /**
   * Values [T, G, K].
   *
   * @param x [T, D]
   * @param projected what {@link #project} made of {@code x}
   */
  // One object for both weights is what says that one projection serves both.
  @SuppressWarnings("ReferenceEquality")
  public Tensor values(Ops ops, Tensor x, Tensor projected) {
    Tensor flat = value == key ? projected : ops.linear(x, value); // [T, G·K]
    return valueNorm.apply(ops, heads(ops, flat));
  }

  private Tensor heads(Ops ops, Tensor x) {
    return ops.reshape(x, x.size(0), kvHeads, headSize);
  }
}
