package ai.pollux.assistant.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are killed while they pull, that pull at the same time, and disks that are full.
 */
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

  /** Where a file may not grow any further the system answers as where the disk is full. */
  @Test
  void whatCannotBeWrittenAnyFurtherIsToldAndLaterGoesOn() throws Exception {
    Path said = folder.resolve("said.txt");
    // Blocks of 512 or of 1024 bytes, as the shell has it: either way less than the weights.
    Process process =
        new ProcessBuilder(command("/bin/sh", "-c", "ulimit -f 400; exec \"$@\"", "sh"))
            .redirectError(said.toFile())
            .start();

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(said))
        .contains("StoreException: maker/model: cannot write to " + folder.resolve("blobs") + ": ")
        .contains(". Make room, then pull again: what came so far is kept");
    assertNothingIsHalf();
    pullTheRest();
  }

  /** A real disk of 800 kB, where this process may mount one. */
  @Test
  void aDiskThatFillsUpMeanwhileIsToldAndLaterGoesOn() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=800k", "tmpfs", disk.toString()) == 0,
        "a small disk cannot be mounted here: that takes root");
    try {
      hub.pauseMillisPerKilobyte = 4;
      Thread filler =
          Thread.ofPlatform()
              .start(() -> fill(disk.resolve("filler"), hub.bytesSent.get() + 100_000));
      ModelStore store = PullProcess.store(disk, hub.url());
      assertThatThrownBy(() -> store.pull(MODEL, PullProgress.NONE))
          .isInstanceOf(StoreException.class)
          .hasMessage(
              "maker/model: cannot write to %s: No space left on device. Make room, then pull again: what came so far is kept",
              disk.resolve("blobs"));
      filler.join();
      hub.pauseMillisPerKilobyte = 0;
      assertThat(store.find(MODEL)).isEmpty();
      assertThat(disk.resolve("blobs").resolve(FakeHub.hash("SHA-256", WEIGHTS))).doesNotExist();
      long before = hub.bytesSent.get();
      Files.delete(disk.resolve("filler"));

      StoredModel model = store.pull(MODEL, PullProgress.NONE);

      assertThat(model.path().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
      assertThat(hub.bytesSent.get() - before).isLessThan(WEIGHTS.length - 50_000);
    } finally {
      assertThat(run("umount", disk.toString())).isZero();
    }
  }

  /** Takes all room that is left, once so many bytes were sent. */
  private void fill(Path file, long bytesSent) {
    try (OutputStream out = Files.newOutputStream(file)) {
      while (hub.bytesSent.get() < bytesSent) {
        Thread.sleep(1);
      }
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException | InterruptedException e) {
      // There is no room left, as was wanted.
    }
  }

  private void assertNothingIsHalf() {
    assertThat(PullProcess.store(folder, hub.url()).find(MODEL)).as("half a model").isEmpty();
    assertThat(folder.resolve("blobs").resolve(FakeHub.hash("SHA-256", WEIGHTS))).doesNotExist();
  }

  private void pullTheRest() throws InterruptedException {
    long before = hub.bytesSent.get();
    StoredModel model = PullProcess.store(folder, hub.url()).pull(MODEL, PullProgress.NONE);
    assertThat(model.path().resolve("model.safetensors")).hasBinaryContent(WEIGHTS);
    assertThat(hub.bytesSent.get() - before).as("what was there").isLessThan(WEIGHTS.length);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private List<String> command(String... before) {
    return Stream.concat(
            Stream.of(before),
            Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                PullProcess.class.getName(),
                folder.toString(),
                hub.url().toString()))
        .toList();
  }

  private Process start() throws IOException {
    return new ProcessBuilder(command()).inheritIO().start();
  }
}
