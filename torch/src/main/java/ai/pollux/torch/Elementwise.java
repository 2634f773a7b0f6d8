package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.sigmoid;
import static org.bytedeco.pytorch.global.torch.silu;
import static org.bytedeco.pytorch.global.torch.tanh;

import ai.pollux.tensor.Activation;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Operations on single values. */
final class Elementwise {
  private Elementwise() {}

  static Tensor activate(Tensor x, Activation activation) {
    return switch (activation) {
      case GELU_TANH -> gelu(x, "tanh");
      case SILU -> silu(x);
      case RELU -> relu(x);
      case SIGMOID -> sigmoid(x);
      case TANH -> tanh(x);
    };
  }

  static Tensor softcap(Tensor x, float cap) {
    return tanh(Values.full(x).div(new Scalar((double) cap))).mul(new Scalar((double) cap));
  }

  static Tensor clamp(Tensor x, float least, float most) {
    return torch.clamp(
        x,
        new ScalarOptional(new Scalar((double) least)),
        new ScalarOptional(new Scalar((double) most)));
  }
}
