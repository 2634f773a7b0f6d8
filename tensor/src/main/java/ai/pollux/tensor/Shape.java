package ai.pollux.tensor;

import java.util.Arrays;

/** The sizes of a tensor's axes, outermost first. */
public final class Shape {
  private final int[] sizes;

  private Shape(int[] sizes) {
    this.sizes = sizes;
  }

  /**
   * A shape of the given sizes.
   *
   * @throws IllegalArgumentException if a size is negative, or their product is above {@link
   *     Integer#MAX_VALUE}
   */
  public static Shape of(int... sizes) {
    long product = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw new IllegalArgumentException(
            "a shape has no negative sizes, found " + Arrays.toString(sizes));
      }
      product *= size;
      if (product > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "a tensor holds at most 2^31-1 values, shape "
                + Arrays.toString(sizes)
                + " asks for more");
      }
    }
    return new Shape(sizes.clone());
  }

  /** The number of axes. */
  public int rank() {
    return sizes.length;
  }

  /**
   * The size of one axis; a negative axis counts from the end, so {@code size(-1)} is the
   * innermost.
   */
  public int size(int axis) {
    return sizes[axis < 0 ? sizes.length + axis : axis];
  }

  /** The number of values. */
  public int elements() {
    int product = 1;
    for (int size : sizes) {
      product *= size;
    }
    return product;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Shape shape && Arrays.equals(sizes, shape.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** Like {@code [40, 64]}. */
  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
