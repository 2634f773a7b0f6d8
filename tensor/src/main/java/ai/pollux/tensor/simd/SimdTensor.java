package ai.pollux.tensor.simd;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A handle of dense off-heap floats. Handles of a step are recycled by later steps: using one after
 * its step ended is an error that is noticed until then.
 */
final class SimdTensor implements Tensor {
  private static final int MAX_RANK = 4;

  private final int[] sizes = new int[MAX_RANK];
  private int rank;
  private int elements;
  private long address;
  private String end = "was not made yet";
  private boolean valid;

  /** Makes this handle stand for values at {@code address}, of rank 0 until axes are added. */
  SimdTensor at(long newAddress) {
    address = newAddress;
    rank = 0;
    elements = 1;
    valid = true;
    return this;
  }

  /** Adds an innermost axis. */
  SimdTensor axis(int size) {
    sizes[rank++] = size;
    elements = Math.multiplyExact(elements, size);
    return this;
  }

  /** Takes the sizes of another tensor. */
  SimdTensor like(Tensor other) {
    for (int axis = 0; axis < other.rank(); axis++) {
      axis(other.size(axis));
    }
    return this;
  }

  /** Takes the sizes of a shape. */
  SimdTensor like(Shape shape) {
    if (shape.rank() > MAX_RANK) {
      throw new IllegalArgumentException(
          "tensor: expected at most %d axes, found shape %s".formatted(MAX_RANK, shape));
    }
    for (int axis = 0; axis < shape.rank(); axis++) {
      axis(shape.size(axis));
    }
    return this;
  }

  /** Writes all values. */
  SimdTensor fill(float[] values) {
    if (values.length != elements) {
      throw new IllegalArgumentException(
          "a tensor %s has %d values, found %d".formatted(shape(), elements, values.length));
    }
    MemorySegment.copy(values, 0, Memory.ALL, JAVA_FLOAT, address, elements);
    return this;
  }

  /** Ends its life, for the given reason: using it is an error from now on. */
  void invalidate(String reason) {
    valid = false;
    end = reason;
  }

  boolean isValid() {
    return valid;
  }

  /** The same tensor at another place. */
  SimdTensor moveTo(long newAddress) {
    address = newAddress;
    valid = true;
    return this;
  }

  /** Where the values are. */
  long address() {
    return address;
  }

  /** Throws if its life has ended. */
  SimdTensor checked(String operation) {
    if (!valid) {
      throw new IllegalStateException(
          "%s: the tensor %s, and its memory with it. Copy what is needed longer by toArray() before"
              .formatted(operation, end));
    }
    return this;
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size(int axis) {
    return sizes[Objects.checkIndex(axis < 0 ? rank + axis : axis, rank)];
  }

  @Override
  public int elements() {
    return elements;
  }

  @Override
  public void copyTo(int from, float[] target, int at, int count) {
    checked("copyTo");
    Objects.checkFromIndexSize(from, count, elements);
    MemorySegment.copy(
        Memory.ALL, JAVA_FLOAT, address + (long) from * Float.BYTES, target, at, count);
  }
}
