package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.ServerOptions;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StartIT {
  @TempDir Path folder;

  @Test
  void aRequestBeforeTheModelIsLoadedIsToldToTryAgain() throws Exception {
    try (GeminiServer server = new GeminiServer(ServerOptions.local(0, folder));
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(server.url().resolve("/v1beta/models")).GET().build();

      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());

      assertThat(response.statusCode()).isEqualTo(503);
      assertThat(response.body()).contains("UNAVAILABLE", "still being loaded");
    }
  }
}
