package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The interactions of Google's own JavaScript SDK, unmodified, under Node. */
final class InteractionsNodeIT {
  private static final Path CHECK =
      Path.of(System.getProperty("pollux.root", "..")).resolve("server/src/test/js-interactions");

  private static RunningServer stories;
  private static RunningServer gemma;
  private static Path folder;
  private static JsonNode seen;

  @BeforeAll
  static void start() throws Exception {
    boolean hasNode = hasNode();
    if (!hasNode && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("node and npm are not on the PATH, and CI must not skip");
    }
    Assumptions.assumeTrue(hasNode, "node and npm are not on the PATH");
    folder = Files.createDirectories(Path.of("target/js-interactions"));
    for (String file : List.of("package.json", "package-lock.json", ".npmrc", "check.mjs")) {
      Files.write(folder.resolve(file), Files.readAllBytes(CHECK.resolve(file)));
    }
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    stories = RunningServer.stories();
    gemma = RunningServer.gemma();
    seen = JsonMapper.shared().readTree(run("node", "check.mjs", stories.url(), gemma.url()));
  }

  @AfterAll
  static void stop() {
    if (stories != null) {
      stories.close();
    }
    if (gemma != null) {
      gemma.close();
    }
  }

  @Test
  void asksAtOnceAndAsAStream() {
    assertThat(seen.path("text").asString()).startsWith(", there was a little girl named Lily.");
    assertThat(seen.path("status").asString()).isEqualTo("incomplete");
    for (String same : List.of("gotText", "streamedText", "replayedText", "laterText")) {
      assertThat(seen.path(same)).as(same).isEqualTo(seen.path("text"));
    }
    assertThat(seen.path("eventTypes"))
        .extracting(JsonNode::asString)
        .contains("interaction.created", "step.start", "step.delta", "interaction.completed");
    assertThat(seen.path("previous").asBoolean()).isTrue();
  }

  @Test
  void waitsAndCancels() {
    assertThat(seen.path("laterAtFirst").asString()).isEqualTo("queued");
    assertThat(seen.path("cancelled").asString()).isEqualTo("cancelled");
  }

  @Test
  void functionsAreCalled() {
    JsonNode called = seen.path("called");
    assertThat(called.path("status").asString()).isEqualTo("requires_action");
    assertThat(called.path("step").path("name").asString()).isEqualTo("person");
    assertThat(called.path("step").path("arguments").path("age").asInt()).isBetween(1, 120);
  }

  @Test
  void errorsAreRead() {
    assertThat(seen.path("deleted").path("message").asString()).contains("does not exist");
    assertThat(seen.path("hosted").path("message").asString()).contains("has no", "google_search");
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0
          && new ProcessBuilder("npm", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile("pollux", ".out");
    Path err = Files.createTempFile("pollux", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      boolean isDone = process.waitFor(5, TimeUnit.MINUTES);
      process.destroyForcibly();
      assertThat(isDone && process.exitValue() == 0)
          .as("%s: %s", List.of(command), Files.readString(err, StandardCharsets.UTF_8))
          .isTrue();
      return Files.readString(out, StandardCharsets.UTF_8);
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
