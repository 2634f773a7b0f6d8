package ai.pollux.model.loading;

import ai.pollux.tensor.Tensor;

/** A vector that belongs to no backend: what checking makes instead of loading. */
record Vector(float[] values) implements Tensor {
  @Override
  public int rank() {
    return 1;
  }

  @Override
  public int size(int axis) {
    return values.length;
  }

  @Override
  public void copyTo(int from, float[] target, int at, int count) {
    System.arraycopy(values, from, target, at, count);
  }
}
