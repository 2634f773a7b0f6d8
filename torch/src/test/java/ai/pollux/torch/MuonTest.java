package ai.pollux.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.Origin;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MuonTest {
  private static final TorchSettings TRAINED = TorchSettings.cpu(1).tuning(Tuning.Weights.all());

  private static float[] normal(int seed, int count) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static Tensor matrix(TorchBackend backend, int rows, int columns) {
    Origin origin = Origin.whole("x", List.of((long) rows, (long) columns));
    return backend.tensor(origin, Shape.of(rows, columns), normal(rows, rows * columns));
  }

  /** The authors' polynomial brings singular values between 0.7 and 1.2, whatever they were. */
  @ParameterizedTest
  @CsvSource({"24, 24, false", "16, 48, false", "48, 16, false", "16, 48, true"})
  void makesSingularValuesNearlyOneAndKeepsTheirVectors(int rows, int columns, boolean half) {
    Muon.Settings settings = new Muon.Settings(0.95, 0, 5, half);
    try (TorchBackend backend = new TorchBackend(TRAINED);
        PointerScope _ = new PointerScope()) {
      matrix(backend, rows, columns);
      Parameter parameter = backend.parameters().find("x").orElseThrow();
      try (Muon muon = new Muon(backend.parameters(), settings)) {
        var matrix = parameter.handle().detach();
        var made = muon.orthogonal(matrix);
        float[] singular =
            Parameter.read(
                torch.linalg_svdvals(made, new org.bytedeco.pytorch.StringViewOptional()));
        assertThat(singular).hasSize(Math.min(rows, columns));
        // The smallest of a square random matrix may be too small for five iterations.
        int counted = rows == columns ? singular.length - 2 : singular.length;
        for (float value : Arrays.copyOf(singular, counted)) {
          assertThat(value).isBetween(0.6f, 1.25f);
        }
        // U Vᵀ Vᵀᵀ S Uᵀ = U S Uᵀ, which is symmetric.
        var square = torch.mm(made, matrix.t());
        float apart = square.sub(square.t()).abs().max().item_float();
        assertThat(apart).isLessThan(half ? 0.2f : 1e-4f);
      }
    }
  }

  @Test
  void movesByTheScaledStepAndDecays() {
    try (TorchBackend backend = new TorchBackend(TRAINED)) {
      Tensor x = matrix(backend, 4, 9);
      Parameter parameter = backend.parameters().find("x").orElseThrow();
      float[] before = parameter.values();
      try (Muon muon = new Muon(backend.parameters(), new Muon.Settings(0.95, 0.1, 5, false));
          TorchOps ops = backend.record()) {
        ops.backward(ops.sum(ops.multiply(x, x)));
        muon.step(0.01);
      }
      // The gradient is 2x, so x itself is made orthogonal: its square has trace 4 or nearly.
      double squares = 0;
      float[] after = parameter.values();
      for (int i = 0; i < before.length; i++) {
        double moved = after[i] - before[i] * (1 - 0.01 * 0.1);
        squares += moved * moved;
        assertThat(moved * before[i]).isLessThanOrEqualTo(Math.abs(before[i]) * 0.01);
      }
      double length = 0.01 * 0.2 * Math.sqrt(9);
      assertThat(Math.sqrt(squares / 4)).isBetween(0.7 * length, 1.2 * length);
    }
  }

  @Test
  void takesMatricesOnly() {
    try (TorchBackend backend = new TorchBackend(TRAINED)) {
      backend.tensor(Origin.whole("gain", List.of(3L)), Shape.of(3), new float[3]);
      assertThatThrownBy(() -> new Muon(backend.parameters(), Muon.Settings.of(0)))
          .hasMessage("Muon: expected matrices, found gain with 1 axes. Leave it to AdamW");
    }
  }
}
