package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.cross_entropy_loss;
import static org.bytedeco.pytorch.global.torch.log_sigmoid;
import static org.bytedeco.pytorch.global.torch.log_softmax;

import org.bytedeco.pytorch.Tensor;

/** What training makes small, in f32. */
final class Losses {
  private Losses() {}

  static Tensor crossEntropy(Tensor logits, Tensor labels) {
    return cross_entropy_loss(Values.full(logits), labels).reshape(1);
  }

  static Tensor logProbabilities(Tensor logits, Tensor labels) {
    return log_softmax(Values.full(logits), 1).gather(1, labels.unsqueeze(1)).squeeze(1);
  }

  static Tensor preference(Tensor margin) {
    return log_sigmoid(Values.full(margin)).neg();
  }
}
