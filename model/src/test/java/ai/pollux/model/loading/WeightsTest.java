package ai.pollux.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
  private static final NameTable NAMES =
      NameTable.of(
          """
          gate    g
          up      u
          other   f16
          gain    n   + 1
          """);

  @TempDir private Path folder;

  private Checkpoint checkpoint() {
    Path file = folder.resolve("tiny.gguf");
    new GgufWriter()
        .tensor("g", Formats.F32, List.of(2L, 3L, 4L), counting(Formats.F32, 0))
        .tensor("u", Formats.F32, List.of(2L, 3L, 4L), counting(Formats.F32, 100))
        .tensor("f16", Formats.F16, List.of(2L, 3L, 4L), counting(Formats.F16, 0))
        .tensor("n", Formats.F32, List.of(4L), counting(Formats.F32, 0))
        .write(file, GgufWriter.Progress.NONE);
    return Checkpoints.open(file);
  }

  /** Row r is filled with {@code start + r}. */
  private static TensorSource counting(BlockFormat format, float start) {
    return TensorSource.encoding(
        format, 4, (row, target) -> java.util.Arrays.fill(target, start + row));
  }

  @Test
  void twoListsOfMatricesAreJoinedMatrixByMatrix() {
    try (Checkpoint checkpoint = checkpoint();
        Backend backend = new ReferenceBackend()) {
      Weights weights = Weights.loading(checkpoint, NAMES, backend, Progress.NONE, 0);
      Weight[] joined = weights.joined("gate", "up", 2, 3, 4);
      assertThat(joined).hasSize(2);
      assertThat(firstColumn(backend, joined[0])).containsExactly(0, 1, 2, 100, 101, 102);
      assertThat(firstColumn(backend, joined[1])).containsExactly(3, 4, 5, 103, 104, 105);
    }
  }

  private static float[] firstColumn(Backend backend, Weight weight) {
    try (var ops = backend.open()) {
      Tensor unit = ops.tensor(ai.pollux.tensor.Shape.of(1, 4), new float[] {1, 0, 0, 0});
      return ops.linear(unit, weight).toArray();
    }
  }

  @Test
  void listsOfDifferentTypesAreNotJoined() {
    try (Checkpoint checkpoint = checkpoint()) {
      Weights weights = Weights.checking(checkpoint, NAMES);
      assertThatThrownBy(() -> weights.joined("gate", "other", 2, 3, 4))
          .isInstanceOf(WeightException.class)
          .hasMessage("other: expected type F32 like gate, found F16");
    }
  }

  @Test
  void gainsStoredMinusOneAreRead() {
    try (Checkpoint checkpoint = checkpoint()) {
      assertThat(Weights.checking(checkpoint, NAMES).vector("gain", 4, 2).toArray())
          .containsExactly(2, 2, 2, 2);
    }
  }

  @Test
  void theExceptionKnowsTheWeight() {
    try (Checkpoint checkpoint = checkpoint()) {
      Weights weights = Weights.checking(checkpoint, NAMES);
      assertThatThrownBy(() -> weights.matrix("gain", 4, 4))
          .isInstanceOfSatisfying(
              WeightException.class, e -> assertThat(e.weight()).isEqualTo("gain"))
          .hasMessage(
              "gain: expected [4, 4], found [4] as n in tiny.gguf. The checkpoint does not match"
                  + " its configuration");
    }
  }
}
