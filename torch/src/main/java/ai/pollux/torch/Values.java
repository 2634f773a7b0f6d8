package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.ScalarType;

import java.util.Arrays;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;

/** Makes libtorch's tensors of Java's arrays, on one device. Who calls it opens a scope. */
final class Values {
  private final TorchSettings.Device device;

  Values(TorchSettings.Device device) {
    this.device = device;
  }

  /** A tensor of floats. */
  Tensor floats(float[] values, long... shape) {
    return placed(Tensor.create(values, shape));
  }

  /** A vector of indices. */
  Tensor indices(int[] values) {
    return placed(Tensor.create(Arrays.stream(values).asLongStream().toArray(), values.length));
  }

  /** A tensor of claims. */
  Tensor claims(boolean[] values, long... shape) {
    return placed(Tensor.create(values, shape));
  }

  /** A tensor of zeros like another. */
  static Tensor zeros(Tensor like, long... shape) {
    return torch.zeros(
        shape, like.options().requires_grad(new org.bytedeco.pytorch.BoolOptional(false)));
  }

  /** The values in f32: what norms and losses are computed in. */
  static Tensor full(Tensor x) {
    return x.to(ScalarType.Float);
  }

  private Tensor placed(Tensor tensor) {
    return switch (device) {
      case CPU -> tensor;
      case CUDA -> tensor.to(new Device(DeviceType.CUDA), tensor.scalar_type());
    };
  }
}
