package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.RunningServer;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Google's own Java SDK, unmodified, as a client of Vertex: with a key, and with a project. */
final class VertexIT {
  private static final GenerateContentConfig GREEDY =
      GenerateContentConfig.builder().temperature(0f).maxOutputTokens(24).build();

  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Client.Builder vertex() {
    return Client.builder()
        .vertexAI(true)
        .httpOptions(HttpOptions.builder().baseUrl(server.url()).build());
  }

  @Test
  void expressModeNeedsNothingButAKey() {
    try (Client client = vertex().apiKey("any").build()) {
      exercise(client);
      List<String> names = new ArrayList<>();
      for (Model model : client.models.list(ListModelsConfig.builder().build())) {
        names.add(model.name().orElseThrow());
      }
      assertThat(names).containsExactly("publishers/google/models/stories260K");
      Model model = client.models.get("stories260K", null);
      assertThat(model.name()).contains("publishers/google/models/stories260K");
      assertThat(model.version()).contains("001");
    }
  }

  @Test
  void aProjectAndALocationMayBeNamed() {
    GoogleCredentials credentials =
        GoogleCredentials.create(
            new AccessToken("any", Date.from(Instant.now().plusSeconds(3600))));
    try (Client client =
        vertex().project("p").location("europe-west1").credentials(credentials).build()) {
      exercise(client);
      assertThatThrownBy(() -> client.models.generateContent("nothing", "Hi", null))
          .isInstanceOf(ClientException.class)
          .hasMessageContaining("models/nothing is not found for API version v1");
    }
  }

  private static void exercise(Client client) {
    GenerateContentResponse response =
        client.models.generateContent("gemini-2.5-flash", "Once upon a time", GREEDY);
    assertThat(response.text()).startsWith(", there was a little girl named Lily.");
    StringBuilder streamed = new StringBuilder();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream("gemini-2.5-flash", "Once upon a time", GREEDY)) {
      stream.forEach(chunk -> streamed.append(chunk.text() == null ? "" : chunk.text()));
    }
    assertThat(streamed.toString()).isEqualTo(response.text());
    assertThat(
            client.models.countTokens("gemini-2.5-flash", "Once upon a time", null).totalTokens())
        .hasValueSatisfying(tokens -> assertThat(tokens).isPositive());
  }
}
