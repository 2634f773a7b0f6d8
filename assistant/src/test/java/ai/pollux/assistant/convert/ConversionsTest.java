package ai.pollux.assistant.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.assistant.convert.Conversions.ProjectorTarget;
import ai.pollux.model.MediaKind;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.convert.Recipe;
import ai.pollux.model.families.Models;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names, interruptions and the other ways of converting. */
class ConversionsTest {
  @TempDir private Path folder;

  private static Path source() {
    return TestFiles.golden("llama/llama2-like/hf");
  }

  private void write(Path target, boolean replaces) {
    Conversions.toGguf(
        source(), target, Recipe.F16, Optional.empty(), replaces, GgufWriter.Progress.NONE);
  }

  @Test
  void aFileThatIsThereStays() throws IOException {
    Path target = Files.writeString(folder.resolve("a.gguf"), "mine");
    assertThatThrownBy(() -> write(target, false))
        .hasMessage(target + ": is there already. Say --force to replace it");
    assertThat(target).hasContent("mine");
    write(target, true);
    assertThat(Files.size(target)).isGreaterThan(100_000);
  }

  @Test
  void aSourceIsNotWrittenOver() {
    Path gguf = TestFiles.golden("llama/llama2-like/model-f32.gguf");
    assertThatThrownBy(() ->
            Conversions.toGguf(
                gguf, gguf, Recipe.Q8_0, Optional.empty(), true, GgufWriter.Progress.NONE))
        .hasMessage(gguf + ": is what would be read. Name another");
  }

  @Test
  void anInterruptedConversionLeavesNothingUnderItsName() throws IOException {
    Path target = folder.resolve("b.gguf");
    assertThatThrownBy(() ->
            Conversions.toGguf(
                source(),
                target,
                Recipe.F32,
                Optional.empty(),
                false,
                (done, total) -> {
                  assertThat(target).doesNotExist();
                  throw new IllegalStateException("stopped after " + done);
                }))
        .hasMessageStartingWith("stopped after");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatAKilledRunLeftIsOverwritten() throws IOException {
    Path target = folder.resolve("c.gguf");
    Path part = Files.writeString(folder.resolve("c.gguf.part"), "x".repeat(9_000_000));
    write(target, false);
    assertThat(part).doesNotExist();
    try (Checkpoint made = Checkpoints.open(target)) {
      assertThat(Models.inspect(made).architecture()).isEqualTo("llama");
    }
  }

  @Test
  void progressEndsWithAllBytes() {
    AtomicLong last = new AtomicLong();
    AtomicLong all = new AtomicLong();
    Conversions.toGguf(
        source(),
        folder.resolve("d.gguf"),
        Recipe.Q8_0,
        Optional.empty(),
        false,
        (done, total) -> {
          assertThat(done).isGreaterThan(last.getAndSet(done));
          all.set(total);
        });
    assertThat(last.get()).isPositive().isEqualTo(all.get());
  }

  @Test
  void aGgufIsQuantizedWithAllItSays() {
    Path target = folder.resolve("e.gguf");
    Path source = TestFiles.golden("gemma3/text/model-f32.gguf");
    Conversions.toGguf(
        source, target, Recipe.Q4_K_M, Optional.empty(), false, GgufWriter.Progress.NONE);
    try (Checkpoint from = Checkpoints.open(source);
        Checkpoint made = Checkpoints.open(target)) {
      assertThat(made.metadata().keys()).containsAll(from.metadata().keys());
      assertThat(made.names()).containsExactlyElementsOf(from.names());
      // Rows of 64 fill no block of 256: the next finer formats are taken.
      assertThat(made.entry("blk.0.attn_q.weight").type()).isEqualTo("Q5_0");
      assertThat(made.entry("token_embd.weight").type()).isEqualTo("Q8_0");
      assertThat(made.entry("blk.0.attn_norm.weight").type()).isEqualTo("F32");
    }
  }

  @Test
  void whatSeesGoesIntoAFileOfItsOwn() {
    Path target = folder.resolve("f.gguf");
    Path source = TestFiles.golden("gemma3/vision/hf");
    ProjectorTarget projector = ProjectorTarget.beside(target, Recipe.Q4_0);
    assertThat(projector.file()).isEqualTo(folder.resolve("mmproj-f.gguf"));
    List<Path> files =
        Conversions.toGguf(
            source, target, Recipe.Q4_0, Optional.of(projector), false, GgufWriter.Progress.NONE);
    assertThat(files).containsExactly(target, projector.file());
    try (Checkpoint made = Models.open(target)) {
      assertThat(Models.inspect(made).media()).containsExactly(MediaKind.IMAGE);
      assertThat(made.entry("v.blk.0.attn_q.weight").type()).isEqualTo("BF16");
    }
    assertThatThrownBy(() ->
            Conversions.toGguf(
                source,
                folder.resolve("g.gguf"),
                Recipe.Q4_0,
                Optional.of(projector),
                false,
                GgufWriter.Progress.NONE))
        .hasMessage(projector.file() + ": is there already. Say --force to replace it");
    assertThat(folder.resolve("g.gguf")).doesNotExist();
  }

  @Test
  void aProjectorIsQuantizedToo() {
    Path decoder = folder.resolve("h.gguf");
    Path source = TestFiles.golden("gemma4_unified/mixed/hf");
    ProjectorTarget projector = ProjectorTarget.beside(decoder, Recipe.F32);
    Conversions.toGguf(
        source, decoder, Recipe.F32, Optional.of(projector), false, GgufWriter.Progress.NONE);
    for (Recipe recipe : List.of(Recipe.Q8_0, Recipe.Q4_0, Recipe.Q4_K_M, Recipe.Q6_K)) {
      Path small = folder.resolve("mmproj-" + recipe + ".gguf");
      Conversions.toGguf(
          projector.file(), small, recipe, Optional.empty(), false, GgufWriter.Progress.NONE);
      try (Checkpoint made = Models.open(decoder, small)) {
        // 640 samples of a frame fill blocks of 32, not of 256.
        assertThat(made.entry("mm.a.input_projection.weight").type())
            .isEqualTo(
                switch (recipe) {
                  case Q4_0 -> "Q4_0";
                  case Q4_K_M -> "Q5_0";
                  default -> "Q8_0";
                });
        assertThat(made.entry("v.patch_embd.weight").type()).isEqualTo("F32");
        assertThat(Models.inspect(made).media()).contains(MediaKind.IMAGE, MediaKind.AUDIO);
      }
    }
  }

  @Test
  void aFolderIsWrittenInAnotherTypeWithWhatLiesBeside() {
    Path target = folder.resolve("half");
    Path source = TestFiles.golden("gemma3/text-bf16-sharded/hf");
    Conversions.toSafetensors(source, target, Formats.F32, false, GgufWriter.Progress.NONE);
    assertThat(target.resolve("tokenizer.json")).exists();
    assertThat(target.resolve("model.safetensors.index.json")).doesNotExist();
    try (Checkpoint from = Checkpoints.open(source);
        Checkpoint made = Checkpoints.open(target)) {
      assertThat(made.names()).containsExactlyInAnyOrderElementsOf(from.names());
      for (String name : from.names()) {
        assertThat(made.entry(name).values()).isEqualTo(from.entry(name).values());
      }
      assertThat(Models.inspect(made)).isNotNull();
    }
    assertThatThrownBy(() ->
            Conversions.toSafetensors(source, target, Formats.F32, false, GgufWriter.Progress.NONE))
        .hasMessageContaining("is there already");
  }
}
