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

/** OpenAI's own JavaScript SDK, unmodified, under Node. */
final class OpenAiNodeIT {
  private static final Path CHECK =
      Path.of(System.getProperty("pollux.root", "..")).resolve("server/src/test/js-openai");

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
    folder = Files.createDirectories(Path.of("target/js-openai"));
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
  void chatsAtOnceAndAsAStream() {
    assertThat(seen.path("text").asString()).startsWith(", there was a little girl named Lily.");
    assertThat(seen.path("finishReason").asString()).isEqualTo("length");
    assertThat(seen.path("streamedText")).isEqualTo(seen.path("text"));
    assertThat(seen.path("helpedText")).isEqualTo(seen.path("text"));
    assertThat(seen.path("chunks").asInt()).isGreaterThan(10);
    assertThat(seen.path("usage").path("completion_tokens").asInt()).isEqualTo(24);
    assertThat(seen.path("streamedUsage").path("total_tokens"))
        .isEqualTo(seen.path("usage").path("total_tokens"));
  }

  @Test
  void answersKeepToASchemaAndCallsToo() {
    assertThat(seen.path("person").path("age").asInt()).isBetween(1, 120);
    for (String name : List.of("call", "streamedCall")) {
      JsonNode choice = seen.path(name);
      assertThat(choice.path("finish_reason").asString()).isEqualTo("tool_calls");
      assertThat(choice.path("message").path("tool_calls").size()).isOne();
      JsonNode call = choice.path("message").path("tool_calls").path(0);
      assertThat(call.path("id").asString()).isNotEmpty();
      assertPerson(call.path("function"));
    }
  }

  @Test
  void respondsAtOnceAndAsAStream() {
    assertThat(seen.path("responseText")).isEqualTo(seen.path("text"));
    assertThat(seen.path("responseStatus").asString()).isEqualTo("incomplete");
    assertThat(seen.path("streamedResponseText")).isEqualTo(seen.path("text"));
    assertThat(seen.path("eventTypes"))
        .extracting(JsonNode::asString)
        .contains("response.created", "response.output_text.delta", "response.incomplete");
    assertThat(seen.path("responseCall").size()).isOne();
    assertThat(seen.path("responseCall").path(0).path("type").asString())
        .isEqualTo("function_call");
    assertPerson(seen.path("responseCall").path(0));
  }

  @Test
  void listsModelsAndSeesErrors() {
    assertThat(seen.path("listed").path(0).asString()).isEqualTo("models/stories260K");
    assertThat(seen.path("described").asString()).isEqualTo("models/stories260K");
    assertRefused("unknownModel", "NotFoundError", 404, "model");
    assertRefused("wrongValue", "BadRequestError", 400, "top_p");
    assertRefused("noMemory", "BadRequestError", 400, "previous_response_id");
    assertThat(seen.path("unknownModel").path("code").asString()).isEqualTo("model_not_found");
  }

  private static void assertPerson(JsonNode function) {
    assertThat(function.path("name").asString()).isEqualTo("person");
    JsonNode arguments = JsonMapper.shared().readTree(function.path("arguments").asString());
    assertThat(arguments.path("age").asInt()).isBetween(1, 120);
  }

  private static void assertRefused(String name, String type, int status, String param) {
    assertThat(seen.path(name).path("name").asString()).isEqualTo(type);
    assertThat(seen.path(name).path("status").asInt()).isEqualTo(status);
    assertThat(seen.path(name).path("param").asString()).isEqualTo(param);
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
