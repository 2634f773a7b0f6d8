package ai.pollux.train.data.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run whose process is killed goes on from what it left as if nothing had happened. */
final class KilledRunTest {
  @TempDir Path folder;

  @Test
  @Timeout(120)
  void aKilledRunGoesOnExactly() throws IOException, InterruptedException {
    LoaderState left = killed(folder.resolve("state.json"));
    int done = Math.toIntExact(left.steps());
    assertThat(done).isGreaterThan(30);
    List<Integer> whole = new ArrayList<>();
    try (Loader loader = KilledRun.loader(Optional.empty())) {
      for (int i = 0; i < done + 50; i++) {
        whole.add(KilledRun.key(loader.next()));
      }
    }
    List<Integer> rest = new ArrayList<>();
    try (Loader loader = KilledRun.loader(Optional.of(left))) {
      for (int i = 0; i < 50; i++) {
        rest.add(KilledRun.key(loader.next()));
      }
    }
    assertThat(rest).isEqualTo(whole.subList(done, done + 50)).doesNotHaveDuplicates();
  }

  /** Starts a process, kills it in the middle of its work, reads what it left. */
  private static LoaderState killed(Path file) throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                KilledRun.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(file.resolveSibling("output").toFile())
            .start();
    try {
      while (steps(file) <= 30 && process.isAlive()) {
        Thread.sleep(5);
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
    assertThat(file).as(Files.readString(file.resolveSibling("output"))).exists();
    return LoaderState.parse(Files.readString(file));
  }

  private static long steps(Path file) throws IOException {
    return Files.exists(file) ? LoaderState.parse(Files.readString(file)).steps() : 0;
  }
}
