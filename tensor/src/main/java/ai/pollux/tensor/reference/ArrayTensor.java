package ai.pollux.tensor.reference;

import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;

/** A tensor in a plain array. */
final class ArrayTensor implements Tensor {
  private final Shape shape;
  private final float[] values;

  ArrayTensor(Shape shape, float[] values) {
    if (shape.elements() != values.length) {
      throw new IllegalArgumentException(
          "a tensor %s has %d values, found %d".formatted(shape, shape.elements(), values.length));
    }
    this.shape = shape;
    this.values = values;
  }

  @Override
  public int rank() {
    return shape.rank();
  }

  @Override
  public int size(int axis) {
    return shape.size(axis);
  }

  @Override
  public void copyTo(int from, float[] target, int at, int count) {
    System.arraycopy(values, from, target, at, count);
  }
}
