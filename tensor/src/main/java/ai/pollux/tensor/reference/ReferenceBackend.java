package ai.pollux.tensor.reference;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * Computes with the definitions. All its memory is the garbage collector's, so closing frees
 * nothing.
 */
public final class ReferenceBackend implements Backend {
  @Override
  public String name() {
    return "reference";
  }

  @Override
  public Ops open() {
    return new ReferenceOps();
  }

  @Override
  public Tensor tensor(Shape shape, float[] values) {
    return new ArrayTensor(shape, values.clone());
  }

  @Override
  public Weight pack(Weight.Stored weight) {
    return weight;
  }

  @Override
  public KvCache cache(KvCacheLayout layout) {
    return new ArrayKvCache(layout);
  }

  @Override
  public void close() {}
}
