package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux serve} as a process of its own. */
final class ServeCommandIT {
  /** 128 + SIGTERM, as shells report it. */
  private static final int ENDED_BY_SIGTERM = 143;

  private static final String MODEL =
      TestFiles.data("weights/stories260K/stories260K.bin").toString();

  @TempDir Path data;

  @Test
  @Timeout(60)
  void saysItsUrlAnswersAndEndsOnSigterm() throws IOException, InterruptedException {
    try (ServerProcess server = new ServerProcess(data, "--model", MODEL)) {
      assertThat(server.ready())
          .matches("Pollux serves stories260K at http://127\\.0\\.0\\.1:\\d+");
      assertThat(answer(server.url())).isNotEmpty();

      Process process = server.process();
      process.toHandle().destroy(); // Process.destroy would close its output, too.

      assertThat(process.waitFor(Duration.ofSeconds(5))).isTrue();
      assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(server.nextLine()).as("a second line").isNull();
    }
  }

  @Test
  void beyondLoopbackAKeyIsNeeded() {
    Shell shell =
        Shell.run(
            "serve", "-m", MODEL, "--host", "0.0.0.0", "--port", "0", "--data", data.toString());

    assertThat(shell.exit()).isEqualTo(1);
    assertThat(shell.err()).contains("0.0.0.0", "key").doesNotContain("\tat ");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Shell shell = Shell.run("serve", "-m", MODEL, "--port", port, "--data", data.toString());

      assertThat(shell.exit()).isEqualTo(1);
      assertThat(shell.err()).contains("port " + port, "--port").doesNotContain("\tat ");
    }
  }

  private static String answer(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1beta/models/gemini-pro:generateContent"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"contents": [{"parts": [{"text": "Once"}]}],
                     "generationConfig": {"maxOutputTokens": 4, "seed": 1}}
                    """))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return JsonMapper.shared()
          .readTree(response.body())
          .at("/candidates/0/content/parts/0/text")
          .asString();
    }
  }
}
