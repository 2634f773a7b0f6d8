package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.ScalarType;

import ai.pollux.tensor.Shape;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * A tensor of libtorch. Owns one reference to its handle until {@link #free}; whoever makes one
 * frees it. The graph of gradients holds values on its own.
 */
final class TorchTensor implements ai.pollux.tensor.Tensor {
  private final int[] sizes;
  private Optional<Tensor> handle;

  /** Takes a reference of its own to the handle. */
  TorchTensor(Tensor handle) {
    long[] shape = handle.shape();
    sizes = new int[shape.length];
    for (int axis = 0; axis < shape.length; axis++) {
      sizes[axis] = Math.toIntExact(shape[axis]);
    }
    handle.retainReference();
    this.handle = Optional.of(handle);
  }

  /** The handle, which stays this tensor's. */
  Tensor handle() {
    return handle.orElseThrow(() ->
        new IllegalStateException(
            "a tensor %s was used after its step was closed or its memory released"
                .formatted(shape())));
  }

  /** Whether it still has a handle. */
  boolean isAlive() {
    return handle.isPresent();
  }

  /** Puts another handle in its place, to which it takes a reference. */
  void replace(Tensor other) {
    other.retainReference();
    free();
    handle = Optional.of(other);
  }

  /** Gives its reference back. */
  void free() {
    handle.ifPresent(Tensor::releaseReference);
    handle = Optional.empty();
  }

  @Override
  public int rank() {
    return sizes.length;
  }

  @Override
  public int size(int axis) {
    return sizes[axis < 0 ? sizes.length + axis : axis];
  }

  @Override
  public Shape shape() {
    return Shape.of(sizes);
  }

  @Override
  public void copyTo(int from, float[] target, int at, int count) {
    if (count > 0) {
      try (PointerScope _ = new PointerScope()) {
        FloatPointer values = values(handle());
        values.position(from).get(target, at, count);
      }
    }
  }

  /** The values in row-major order; a copy where they are not so already. */
  private static FloatPointer values(Tensor tensor) {
    Tensor plain = tensor.detach();
    if (plain.is_cuda()) {
      plain = plain.cpu();
    }
    return plain.to(ScalarType.Float).contiguous().data_ptr_float();
  }
}
