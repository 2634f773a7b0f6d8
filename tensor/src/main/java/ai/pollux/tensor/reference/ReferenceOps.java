package ai.pollux.tensor.reference;

import ai.pollux.tensor.Checks;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;

/** Overrides nothing that has a definition. */
final class ReferenceOps implements Ops {
  @Override
  public Tensor tensor(Shape shape, float[] values) {
    return new ArrayTensor(shape, values.clone());
  }

  @Override
  public Tensor reshape(Tensor x, int rows, int columns) {
    return reshape(x, Shape.of(rows, columns));
  }

  @Override
  public Tensor reshape(Tensor x, int rows, int heads, int headSize) {
    return reshape(x, Shape.of(rows, heads, headSize));
  }

  private static Tensor reshape(Tensor x, Shape shape) {
    Checks.reshape(x, shape);
    return new ArrayTensor(shape, x.toArray());
  }

  @Override
  public void close() {}
}
