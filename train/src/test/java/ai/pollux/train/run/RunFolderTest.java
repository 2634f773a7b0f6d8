package ai.pollux.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  @TempDir Path folder;

  private static RunFolder.Body text(String text) {
    return where -> Files.writeString(where.resolve("state.json"), text);
  }

  @Test
  void keepsTheNewestCheckpoints() {
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.latest()).isEmpty();
      for (int step = 100; step <= 500; step += 100) {
        run.checkpoint(step, 2, text("at " + step));
      }
      assertThat(run.whole())
          .extracting(path -> path.getFileName().toString())
          .containsExactly("step-00000400", "step-00000500");
      assertThat(run.latest().orElseThrow().resolve("state.json")).hasContent("at 500");
    }
  }

  @Test
  void aCheckpointThatFailsLeavesTheOneBefore() {
    try (RunFolder run = RunFolder.open(folder)) {
      run.checkpoint(100, 2, text("whole"));
      assertThatThrownBy(() ->
              run.checkpoint(
                  200,
                  2,
                  where -> {
                    Files.writeString(where.resolve("state.json"), "half");
                    throw new IOException("No space left on device");
                  }))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("step-00000200")
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("goes on from the one before");
      assertThat(run.latest().orElseThrow().getFileName()).hasToString("step-00000100");
    }
  }

  @Test
  void whatAKilledProcessLeftIsRemoved() throws IOException {
    Files.createDirectories(folder.resolve("checkpoints/step-00000300.part"));
    Files.writeString(folder.resolve("checkpoints/step-00000300.part/model.safetensors"), "half");
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.latest()).isEmpty();
      assertThat(folder.resolve("checkpoints")).isEmptyDirectory();
    }
  }

  @Test
  void twoRunsDoNotShareAFolder() {
    try (RunFolder run = RunFolder.open(folder)) {
      assertThat(run.path()).isEqualTo(folder);
      assertThatThrownBy(() -> RunFolder.open(folder))
          .isInstanceOf(RunException.class)
          .hasMessageContaining("another process trains here");
    }
    RunFolder.open(folder).close();
  }
}
