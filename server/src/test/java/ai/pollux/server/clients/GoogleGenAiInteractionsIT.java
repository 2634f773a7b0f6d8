package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import com.google.genai.Client;
import com.google.genai.gaos.models.interactions.CreateModelInteraction;
import com.google.genai.gaos.models.interactions.Interaction;
import com.google.genai.gaos.models.interactions.InteractionsInput;
import com.google.genai.gaos.models.operations.CreateInteractionRequestBody;
import com.google.genai.types.HttpOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The interactions of Google's own Java SDK, unmodified. */
final class GoogleGenAiInteractionsIT {
  private static RunningServer server;
  private static Client client;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
    client =
        Client.builder()
            .apiKey("any")
            .httpOptions(HttpOptions.builder().baseUrl(server.url()).build())
            .build();
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @Test
  void asksAndGoesOn() {
    Interaction first = ask(CreateModelInteraction.builder());
    assertThat(first.outputText().orElseThrow()).isNotEmpty();
    assertThat(first.steps().orElseThrow()).hasSize(1);
    Interaction second =
        ask(CreateModelInteraction.builder().previousInteractionId(first.id().orElseThrow()));
    assertThat(second.previousInteractionId()).isEqualTo(first.id());
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  private static Interaction ask(CreateModelInteraction.Builder request) {
    return client
        .interactions
        .create(
            CreateInteractionRequestBody.of(
                request.model("gemini-pro").input(InteractionsInput.of("Once")).build()))
        .interaction()
        .orElseThrow();
  }
}
