package ai.pollux.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.quant.Formats;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every checkpoint does, whatever its format. */
class CheckpointTest {
  @TempDir Path folder;

  @Test
  void aMissingTensorIsNamedWithTheNearestOnes() {
    Path file = SmallFiles.write(folder, "m.bin", SmallFiles.llama2c());
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      assertThatThrownBy(() -> checkpoint.entry("blk.0.ffn_gated.weight"))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("tensor blk.0.ffn_gated.weight: not among the 11")
          .hasMessageContaining("Nearest: blk.0.ffn_gate.weight");
    }
  }

  @Test
  void aTensorOfAnotherShapeSaysWhatWasExpected() {
    Path file = SmallFiles.write(folder, "m.bin", SmallFiles.llama2c());
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      assertThatThrownBy(() -> checkpoint.entry("blk.0.ffn_gate.weight").weight(4, 5))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("tensor blk.0.ffn_gate.weight: expected [4, 5], found [5, 4]");
    }
  }

  @Test
  void aClosedCheckpointSaysSo() {
    SmallFiles.gguf(folder);
    Checkpoint checkpoint = Checkpoints.open(folder.resolve("small.gguf"));
    Entry entry = checkpoint.entry("a");
    MetadataValue.Items tokens = checkpoint.metadata().items("tokens").orElseThrow();
    checkpoint.close();
    checkpoint.close();
    assertThatThrownBy(entry::values)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("tensor a: the checkpoint is closed");
    assertThatThrownBy(tokens::texts)
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("metadata tokens: the checkpoint is closed");
  }

  @Test
  void llama2cLaysKindsOfTensorsOneAfterTheOther() {
    Path file = SmallFiles.write(folder, "m.bin", SmallFiles.llama2c());
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      // The floats count up from 0: 24 of the embedding, 4 of the norm, then the queries.
      assertThat(checkpoint.entry("blk.0.attn_q.weight").values(4, 4)[0]).isEqualTo(28);
      assertThat(checkpoint.entry("blk.0.attn_k.weight").values(2, 4)[0]).isEqualTo(44);
      assertThat(checkpoint.entry("output_norm.weight").values(4))
          .containsExactly(140, 141, 142, 143);
      assertThat(checkpoint.contains("output.weight")).isFalse();
    }
  }

  @Test
  void oneMatrixOfManyIsASlice() {
    Path file = folder.resolve("experts.gguf");
    new GgufWriter()
        .tensor(
            "experts",
            Formats.F32,
            List.of(3L, 2L, 8L),
            TensorSource.encoding(Formats.F32, 8, (row, target) -> target[0] = row))
        .write(file, GgufWriter.Progress.NONE);
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      var second = checkpoint.entry("experts").weight(1, 3, 2, 8);
      float[] values = new float[16];
      second.format().decode(second.data(), 0, values, 0, 16);
      assertThat(values[0]).isEqualTo(2);
      assertThat(values[8]).isEqualTo(3);
    }
  }

  @Test
  void theFirstFileOfASplitModelBringsTheOthers() {
    for (int part = 1; part <= 2; part++) {
      new GgufWriter()
          .put("split.count", MetadataValue.uint32(2))
          .tensor(
              "part" + part,
              Formats.F32,
              List.of(8L),
              TensorSource.encoding(Formats.F32, 8, (row, target) -> target[0] = 1))
          .write(
              folder.resolve("m-0000%d-of-00002.gguf".formatted(part)), GgufWriter.Progress.NONE);
    }
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      assertThat(checkpoint.names()).containsExactly("part1", "part2");
    }
    assertThatThrownBy(() -> Checkpoints.open(folder.resolve("m-00002-of-00002.gguf")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("expected the first, named NAME-00001-of-00002.gguf");
  }

  @Test
  void whatIsNoCheckpointIsRefusedWithAdvice() {
    assertThatThrownBy(() -> Checkpoints.open(folder.resolve("gone")))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("there is no such file");
    assertThatThrownBy(() -> Checkpoints.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("holds no .safetensors and no .gguf");
    Path zip = SmallFiles.write(folder, "m.pt", "PK\3\4 and so on, and so on".getBytes(UTF_8));
    assertThatThrownBy(() -> Checkpoints.open(zip))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("start with 50 4b 03 04")
        .hasMessageContaining("convert it to safetensors");
  }

  @Test
  void aFolderOfSeveralModelsAsksForOne() {
    SmallFiles.write(folder, "a.gguf", new byte[0]);
    SmallFiles.write(folder, "b.gguf", new byte[0]);
    assertThatThrownBy(() -> Checkpoints.open(folder))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("several models: [a.gguf, b.gguf]. Name one of the files");
  }
}
