package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.ScalarType;

import ai.pollux.tensor.Origin;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A weight that is trained. Owned by its {@link TorchBackend}. */
public final class Parameter {
  private final Origin origin;
  private final TorchTensor tensor;

  Parameter(Origin origin, TorchTensor tensor) {
    this.origin = origin;
    this.tensor = tensor;
  }

  /** Where the checkpoint has its values. */
  public Origin origin() {
    return origin;
  }

  /** Its name: the checkpoint's, with the first value's index where it is one of several. */
  public String name() {
    return origin.first() == 0 ? origin.name() : origin.name() + "@" + origin.first();
  }

  /** Whether the checkpoint's tensor has two axes: what weight decay is for. */
  public boolean isMatrix() {
    return origin.shape().size() == 2;
  }

  /** How many values it has. */
  public int elements() {
    return tensor.elements();
  }

  /** Its values. */
  public float[] values() {
    return tensor.toArray();
  }

  /**
   * Gives it other values.
   *
   * @throws IllegalArgumentException if these are more or fewer than it has
   */
  public void set(float[] values) {
    write(name(), handle(), values);
  }

  /** The sum of the gradients since it was last cleared; empty if there was none. */
  public Optional<float[]> gradient() {
    try (PointerScope _ = new PointerScope()) {
      Tensor gradient = handle().grad();
      return gradient.defined() ? Optional.of(read(gradient)) : Optional.empty();
    }
  }

  Tensor handle() {
    return tensor.handle();
  }

  /** Copies a named part of what an optimiser remembers of this parameter into its place. */
  void restore(Map<String, float[]> state, String part, TorchTensor place) {
    float[] values = state.get(part);
    if (values == null) {
      throw new IllegalArgumentException(
          "%s: expected %s among what an optimiser remembers, found %s"
              .formatted(name(), part, state.keySet()));
    }
    write(part + " of " + name(), place.handle(), values);
  }

  /** Copies values into a tensor of as many. */
  static void write(String what, Tensor target, float[] values) {
    if (values.length != target.numel()) {
      throw new IllegalArgumentException(
          "%s: expected %d values, found %d".formatted(what, target.numel(), values.length));
    }
    try (PointerScope _ = new PointerScope();
        FloatPointer source = new FloatPointer(values)) {
      target.detach().copy_(torch.from_blob(source, target.shape()));
    }
  }

  /** All values of a tensor. */
  static float[] read(Tensor tensor) {
    try (PointerScope _ = new PointerScope()) {
      float[] values = new float[Math.toIntExact(tensor.numel())];
      if (values.length > 0) {
        tensor.detach().cpu().to(ScalarType.Float).contiguous().data_ptr_float().get(values);
      }
      return values;
    }
  }
}
