package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * JavaScript clients, unmodified, under Node: each runs the steps of its script in {@code
 * src/test/js}, which are those that {@code docs/clients.md} lists.
 */
final class JavaScriptIT {
  private static RunningServer server;
  private static Path folder;
  private static JsonNode dependencies;

  @BeforeAll
  static void start() throws Exception {
    boolean hasNode = Program.isThere("node") && Program.isThere("npm");
    if (!hasNode && Boolean.parseBoolean(System.getenv("CI"))) {
      throw new AssertionError("node and npm are not on the PATH, and CI must not skip");
    }
    Assumptions.assumeTrue(hasNode, "node and npm are not on the PATH");
    folder = Program.folder("js");
    new Program(folder, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund").run();
    dependencies =
        JsonMapper.shared()
            .readTree(Files.readAllBytes(folder.resolve("package.json")))
            .path("dependencies");
    server = RunningServer.nano();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource({
    "google-genai, @google/genai",
    "google-generative-ai, @google/generative-ai",
    "ai-sdk, @ai-sdk/google",
    "langchain-google-genai, @langchain/google-genai",
    "langchain-google, @langchain/google",
    "gemini-cli, @google/gemini-cli"
  })
  void doesAllThatThePageSays(String script, String client) throws Exception {
    ClientsPage page = ClientsPage.row(client);
    assertThat(page.version()).isEqualTo(dependencies.path(client).asString());
    assertThat(new Program(folder, "node", script + ".mjs", server.url()).steps())
        .isEqualTo(page.steps());
  }
}
