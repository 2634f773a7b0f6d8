package ai.pollux.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.TensorSource;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
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
          part.blocks.#.wide      w.#
          part.blocks.#.packed    q.#
          number  one
          """);

  @TempDir private Path folder;

  private Checkpoint checkpoint() {
    Path file = folder.resolve("tiny.gguf");
    new GgufWriter()
        .tensor("g", Formats.F32, List.of(2L, 3L, 4L), counting(Formats.F32, 0))
        .tensor("u", Formats.F32, List.of(2L, 3L, 4L), counting(Formats.F32, 100))
        .tensor("f16", Formats.F16, List.of(2L, 3L, 4L), counting(Formats.F16, 0))
        .tensor("n", Formats.F32, List.of(4L), counting(Formats.F32, 0))
        .tensor("w.1", Formats.F16, List.of(2L, 3L), rising(Formats.F16, 3))
        .tensor("q.1", Formats.Q8_0, List.of(2L, 32L), rising(Formats.Q8_0, 32))
        .tensor(
            "one",
            Formats.F32,
            List.of(1L),
            TensorSource.encoding(Formats.F32, 1, (row, target) -> target[0] = 5))
        .write(file, GgufWriter.Progress.NONE);
    return Checkpoints.open(file);
  }

  /** Row r is filled with {@code start + r}. */
  private static TensorSource counting(BlockFormat format, float start) {
    return TensorSource.encoding(
        format, 4, (row, target) -> java.util.Arrays.fill(target, start + row));
  }

  /** The values count on from row to row. */
  private static TensorSource rising(BlockFormat format, int width) {
    return TensorSource.encoding(
        format,
        width,
        (row, target) -> {
          for (int i = 0; i < width; i++) {
            target[i] = row * width + i;
          }
        });
  }

  @Test
  void columnsInAnotherOrderAreReadInOurs() {
    try (Checkpoint checkpoint = checkpoint();
        Backend backend = new ReferenceBackend()) {
      Weights weights =
          Weights.loading(checkpoint, NAMES, backend, Progress.NONE, 0).part("part").block(1);
      Weight turned = weights.rearranged("wide", 2, new int[] {2, 0, 1}, 2, 3);
      assertThat(values(backend, turned)).containsExactly(2, 0, 1, 5, 3, 4);
      int[] reversed = IntStream.range(0, 32).map(i -> 31 - i).toArray();
      Weight unpacked = weights.rearranged("packed", 2, reversed, 2, 32);
      assertThat(((Weight.Stored) unpacked).format()).isEqualTo(Formats.F32);
      // Blocks of 8 bits round each value to half of 63/127 at most.
      assertThat(values(backend, unpacked)[33]).isCloseTo(62, within(0.25f));
    }
  }

  @Test
  void aTransposedMatrixAndOtherAxes() {
    try (Checkpoint checkpoint = checkpoint();
        Backend backend = new ReferenceBackend()) {
      Weights weights = Weights.loading(checkpoint, NAMES, backend, Progress.NONE, 0);
      Weights block = weights.part("part").block(1);
      assertThat(block.size("wide", 1)).isEqualTo(3);
      assertThat(values(backend, block.transposed("wide", 3, 2))).containsExactly(0, 3, 1, 4, 2, 5);
      assertThat(values(backend, weights.matrix("gate", 6, 4, 2, 3, 4))).hasSize(24);
      assertThat(weights.table("up", 6, 4, 2, 3, 4).out()).isEqualTo(6);
      assertThatThrownBy(() -> weights.matrix("gate", 2, 12, 2, 4, 3))
          .hasMessageStartingWith("gate: expected [2, 4, 3], found [2, 3, 4] as g");
    }
  }

  @Test
  void aSingleNumber() {
    try (Checkpoint checkpoint = checkpoint()) {
      Weights weights = Weights.checking(checkpoint, NAMES);
      assertThat(weights.number("number")).isEqualTo(5);
      assertThatThrownBy(() -> weights.number("gain"))
          .hasMessageStartingWith("gain: expected [1], found [4] as n");
    }
  }

  private static float[] values(Backend backend, Weight weight) {
    int[] ids = IntStream.range(0, weight.out()).toArray();
    try (Ops ops = backend.open()) {
      return ops.embed(ids, weight, 1).toArray();
    }
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

  @Test
  void aSliceHasSomeRowsAndTheFirstColumns() {
    Range[] rows = {new Range(0, 1), new Range(1, 1)};
    try (Checkpoint checkpoint = checkpoint();
        Backend backend = new ReferenceBackend();
        Ops ops = backend.open()) {
      Weights weights = Weights.loading(checkpoint, NAMES, backend, Progress.NONE, 0);
      Weights block = weights.part("part").block(1);
      Weight two = block.slice("wide", 2, 3, rows, 2);
      Weight last = block.slice("wide", 2, 3, new Range[] {new Range(1, 1)}, 3);
      assertThat(ops.embed(new int[] {0, 1}, two, 1).toArray()).containsExactly(0, 1, 3, 4);
      assertThat(ops.embed(new int[] {0}, last, 1).toArray()).containsExactly(3, 4, 5);
    }
  }

  @Test
  void aSliceThatEndsInsideABlock() {
    try (Checkpoint checkpoint = checkpoint()) {
      Weights block = Weights.checking(checkpoint, NAMES).part("part").block(1);
      assertThatThrownBy(() -> block.slice("packed", 2, 32, new Range[] {new Range(0, 2)}, 16))
          .hasMessage(
              "part.blocks.1.packed: a slice of 16 columns ends inside a block of 32 values of type"
                  + " Q8_0. Take a multiple of 32");
    }
  }
}
