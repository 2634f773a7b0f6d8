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

/** Google's own JavaScript SDK, unmodified, under Node. */
final class JavaScriptIT {
  private static final Path CHECK =
      Path.of(System.getProperty("pollux.root", "..")).resolve("server/src/test/js");

  private static RunningServer server;
  private static Path folder;

  @BeforeAll
  static void start() throws Exception {
    boolean hasNode = hasNode();
    if (!hasNode && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("node and npm are not on the PATH, and CI must not skip");
    }
    Assumptions.assumeTrue(hasNode, "node and npm are not on the PATH");
    folder = Files.createDirectories(Path.of("target/js"));
    for (String file : List.of("package.json", "package-lock.json", ".npmrc", "check.mjs")) {
      Files.write(folder.resolve(file), Files.readAllBytes(CHECK.resolve(file)));
    }
    run("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    server = RunningServer.stories();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void generatesStreamsCountsListsChatsAndSeesErrors() throws Exception {
    JsonNode seen =
        JsonMapper.shared()
            .readTree(run("node", "check.mjs", server.url(), "gemini-pro", "Once upon a time"));
    assertThat(seen.path("text").asString()).startsWith(", there was a little girl named Lily.");
    assertThat(seen.path("finishReason").asString()).isEqualTo("MAX_TOKENS");
    assertThat(seen.path("streamedText").asString()).isEqualTo(seen.path("text").asString());
    assertThat(seen.path("chunks").asInt()).isGreaterThan(10);
    assertThat(seen.path("lastFinishReason").asString()).isEqualTo("MAX_TOKENS");
    assertThat(seen.path("totalTokens").asInt())
        .isEqualTo(seen.path("usage").path("promptTokenCount").asInt())
        .isPositive();
    assertThat(seen.path("name").asString()).isEqualTo("models/gemini-pro");
    assertThat(seen.path("listed").path(0).asString()).isEqualTo("models/stories260K");
    assertThat(seen.path("chatText").asString()).isEqualTo(seen.path("text").asString());
    assertThat(seen.path("refused").path("isApiError").asBoolean()).isTrue();
    assertThat(seen.path("refused").path("status").asInt()).isEqualTo(404);
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
