package ai.pollux.assistant.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed while they pull, and that pull at the same time. */
@Timeout(120)
final class ProcessesTest {
  private static final ModelName MODEL = ModelName.parse("maker/model");
  private static final byte[] WEIGHTS = ModelStoreTest.random(600_000);
  private static final int KILLS = 5;

  @TempDir Path folder;
  private final FakeHub hub =
      new FakeHub().with("config.json", "{}".getBytes(UTF_8)).with("model.safetensors", WEIGHTS);

  @AfterEach
  void close() {
    hub.close();
  }

  @Test
  void whateverByteAProcessIsKilledAtTheNextOneGoesOn() throws Exception {
    hub.pauseMillisPerKilobyte = 2;
    Random random = new Random(1);
    for (int kill = 0; kill < KILLS; kill++) {
      long until = hub.bytesSent.get() + 1 + random.nextInt(90_000);
      Process process = start();
      while (hub.bytesSent.get() < until && process.isAlive()) {
        Thread.sleep(1);
      }
      process.destroyForcibly();
      process.waitFor();
      assertThat(PullProcess.store(folder, hub.url()).find(MODEL)).as("half a model").isEmpty();
    }
    hub.pauseMillisPerKilobyte = 0;

    StoredModel model = PullProcess.store(folder, hub.url()).pull(MODEL, PullProgress.NONE);

    assertThat(model.path().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    // Each kill costs at most the parts that two connections had begun.
    assertThat(hub.bytesSent.get())
        .isLessThan(WEIGHTS.length + (KILLS + 1) * 2L * PullProcess.SETTINGS.partBytes());
  }

  @Test
  void twoProcessesThatPullTheSameModelFetchItOnce() throws Exception {
    hub.pauseMillisPerKilobyte = 1;
    Process first = start();
    Process second = start();

    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();

    assertThat(hub.bytesSent.get()).isEqualTo(WEIGHTS.length + 2);
    StoredModel model = PullProcess.store(folder, hub.url()).find(MODEL).orElseThrow();
    assertThat(Files.readAllBytes(model.path().resolve("model.safetensors"))).isEqualTo(WEIGHTS);
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            PullProcess.class.getName(),
            folder.toString(),
            hub.url().toString())
        .inheritIO()
        .start();
  }
}
