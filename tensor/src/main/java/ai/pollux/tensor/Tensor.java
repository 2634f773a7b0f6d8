package ai.pollux.tensor;

/**
 * Float values in row-major order, as a backend keeps them.
 *
 * <p>A tensor made by an {@link Ops} is valid until that {@code Ops} is closed; one made by a
 * {@link Backend} until the backend is closed. Tensors are never written to after they are made.
 */
public interface Tensor {
  /** The number of axes. */
  int rank();

  /**
   * The size of one axis; a negative axis counts from the end. Makes no garbage, unlike {@link
   * #shape()}.
   */
  int size(int axis);

  /**
   * Copies {@code count} values, starting with value {@code from} in row-major order, to {@code
   * target[at…]}.
   */
  void copyTo(int from, float[] target, int at, int count);

  /** The sizes of all axes. */
  default Shape shape() {
    int[] sizes = new int[rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = size(axis);
    }
    return Shape.of(sizes);
  }

  /** The number of values. */
  default int elements() {
    int product = 1;
    for (int axis = 0; axis < rank(); axis++) {
      product *= size(axis);
    }
    return product;
  }

  /** A fresh array with all values. */
  default float[] toArray() {
    float[] values = new float[elements()];
    copyTo(0, values, 0, values.length);
    return values;
  }
}
