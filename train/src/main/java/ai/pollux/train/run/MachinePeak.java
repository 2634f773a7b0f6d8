package ai.pollux.train.run;

import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.torch.TorchBackend;
import ai.pollux.torch.TorchOps;
import ai.pollux.torch.TorchSettings;
import java.util.SplittableRandom;

/** What the machine's matrix products reach, to compare a step with. */
final class MachinePeak {
  private static final int SIZE = 1024;
  private static final int TRIES = 8;

  private MachinePeak() {}

  /** Multiplications and additions a second of a product of 1024³, the best of eight. */
  static double measure(TorchSettings settings) {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[SIZE * SIZE];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    double best = 0;
    try (TorchBackend backend = new TorchBackend(settings)) {
      Shape square = Shape.of(SIZE, SIZE);
      Weight weight = new Weight.Dense(backend.tensor(square, values));
      Tensor x = backend.tensor(square, values);
      for (int i = 0; i < TRIES; i++) {
        try (TorchOps ops = backend.evaluate()) {
          long started = System.nanoTime();
          ops.linear(x, weight);
          double seconds = (System.nanoTime() - started) / 1e9;
          best = Math.max(best, 2.0 * SIZE * SIZE * SIZE / seconds);
        }
      }
    }
    return best;
  }
}
