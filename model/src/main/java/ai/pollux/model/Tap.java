package ai.pollux.model;

import ai.pollux.tensor.Tensor;

/** Sees the tensors inside a model as they are made: for goldens, inspection and probes. */
@FunctionalInterface
public interface Tap {
  /** Looks at nothing. */
  Tap NONE = (name, layer, values) -> {};

  /**
   * Called once for each point of the model that has a name.
   *
   * @param name {@code block} (what a block returns) or {@code final_norm}
   * @param layer which block, from 0; -1 where it is not part of one
   * @param values valid during the call
   */
  void see(String name, int layer, Tensor values);
}
