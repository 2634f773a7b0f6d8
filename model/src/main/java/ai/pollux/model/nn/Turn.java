package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;

/** How an encoder turns queries and keys by where each row stands in its input. */
@FunctionalInterface
public interface Turn {
  /** Not at all, for encoders whose rows know their places otherwise. */
  Turn NONE = (ops, heads) -> heads;

  /** [T, H, K] → [T, H, K]. */
  Tensor apply(Ops ops, Tensor heads);
}
