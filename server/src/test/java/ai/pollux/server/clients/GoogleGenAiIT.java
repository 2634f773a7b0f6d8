package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.RunningServer;
import com.google.genai.Chat;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.types.Content;
import com.google.genai.types.File;
import com.google.genai.types.FileState;
import com.google.genai.types.FinishReason;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.ListModelsConfig;
import com.google.genai.types.Model;
import com.google.genai.types.Part;
import com.google.genai.types.UploadFileConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Google's own Java SDK, unmodified. */
final class GoogleGenAiIT {
  private static final GenerateContentConfig GREEDY =
      GenerateContentConfig.builder().temperature(0f).maxOutputTokens(24).build();

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
  void generates() {
    GenerateContentResponse response =
        client.models.generateContent("gemini-2.5-flash", "Once upon a time", GREEDY);
    assertThat(response.text()).startsWith(", there was a little girl named Lily.");
    assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.MAX_TOKENS);
    assertThat(response.usageMetadata().orElseThrow().candidatesTokenCount()).contains(24);
    assertThat(response.usageMetadata().orElseThrow().totalTokenCount().orElseThrow())
        .isEqualTo(24 + response.usageMetadata().orElseThrow().promptTokenCount().orElseThrow());
  }

  @Test
  void streams() {
    List<String> pieces = new ArrayList<>();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream("gemini-pro", "Once upon a time", GREEDY)) {
      stream.forEach(chunk -> pieces.add(chunk.text() == null ? "" : chunk.text()));
    }
    assertThat(pieces).hasSizeGreaterThan(10);
    assertThat(String.join("", pieces))
        .isEqualTo(client.models.generateContent("gemini-pro", "Once upon a time", GREEDY).text());
  }

  @Test
  void uploadsFilesAndShowsThem() {
    byte[] story = "Once upon a time".getBytes(StandardCharsets.UTF_8);
    File file =
        client.files.upload(
            story, UploadFileConfig.builder().mimeType("text/plain").displayName("story").build());
    assertThat(file.state().orElseThrow().knownEnum()).isEqualTo(FileState.Known.ACTIVE);
    assertThat(client.files.get(file.name().orElseThrow(), null).sizeBytes()).contains(16L);
    Content shown =
        Content.fromParts(Part.fromUri(file.uri().orElseThrow(), file.mimeType().orElseThrow()));
    assertThat(client.models.generateContent("gemini-pro", shown, GREEDY).text())
        .isEqualTo(client.models.generateContent("gemini-pro", "Once upon a time", GREEDY).text());
    client.files.delete(file.name().orElseThrow(), null);
    assertThatThrownBy(() -> client.files.get(file.name().orElseThrow(), null))
        .isInstanceOf(ClientException.class);
  }

  @Test
  void countsTokens() {
    int counted =
        client
            .models
            .countTokens("gemini-pro", "Once upon a time", null)
            .totalTokens()
            .orElseThrow();
    int used =
        client
            .models
            .generateContent("gemini-pro", "Once upon a time", GREEDY)
            .usageMetadata()
            .orElseThrow()
            .promptTokenCount()
            .orElseThrow();
    assertThat(counted).isEqualTo(used).isPositive();
  }

  @Test
  void listsAndDescribesModels() {
    List<String> names = new ArrayList<>();
    for (Model model : client.models.list(ListModelsConfig.builder().build())) {
      names.add(model.name().orElseThrow());
    }
    assertThat(names).containsExactly("models/stories260K");
    assertThat(client.models.get("stories260K", null).inputTokenLimit()).contains(512);
  }

  @Test
  void keepsAChatGoing() {
    Chat chat = client.chats.create("gemini-pro", GREEDY);
    assertThat(chat.sendMessage("Once upon a time").text()).isNotEmpty();
    assertThat(chat.sendMessage("The dog").text()).isNotEmpty();
    assertThat(chat.getHistory(false)).hasSize(4);
  }

  @Test
  void severalCandidatesWithASeedAreTheSameAgain() {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .temperature(1f)
            .seed(7)
            .candidateCount(3)
            .maxOutputTokens(12)
            .build();
    List<String> first = texts(client.models.generateContent("gemini-pro", "The cat", config));
    assertThat(first).hasSize(3).doesNotHaveDuplicates();
    assertThat(texts(client.models.generateContent("gemini-pro", "The cat", config)))
        .isEqualTo(first);
  }

  @Test
  void tellsLogProbabilities() {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .temperature(0f)
            .maxOutputTokens(5)
            .responseLogprobs(true)
            .logprobs(3)
            .build();
    var result =
        client
            .models
            .generateContent("gemini-pro", "Once", config)
            .candidates()
            .orElseThrow()
            .getFirst()
            .logprobsResult()
            .orElseThrow();
    assertThat(result.chosenCandidates().orElseThrow()).hasSize(5);
    assertThat(result.topCandidates().orElseThrow())
        .hasSize(5)
        .allSatisfy(top -> assertThat(top.candidates().orElseThrow()).hasSize(3));
    // Greedy: the chosen token is the likeliest one of each step.
    assertThat(result.chosenCandidates().orElseThrow().getFirst().tokenId())
        .isEqualTo(
            result
                .topCandidates()
                .orElseThrow()
                .getFirst()
                .candidates()
                .orElseThrow()
                .getFirst()
                .tokenId());
  }

  @Test
  void stopsBeforeAStopSequence() {
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .temperature(0f)
            .maxOutputTokens(60)
            .stopSequences("Lily")
            .build();
    GenerateContentResponse response =
        client.models.generateContent("gemini-pro", "Once upon a time", config);
    assertThat(response.text()).isEqualTo(", there was a little girl named ");
    assertThat(response.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
  }

  @Test
  void unknownModelsAndWrongValuesAreClientErrors() {
    assertThatThrownBy(() -> client.models.generateContent("no-such-model", "x", null))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("models/no-such-model is not found for API version");
    assertThatThrownBy(() ->
            client.models.generateContent(
                "gemini-pro", "x", GenerateContentConfig.builder().temperature(3f).build()))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("temperature is 3; expected 0 to 2");
  }

  private static List<String> texts(GenerateContentResponse response) {
    return response.candidates().orElseThrow().stream()
        .map(candidate -> candidate.content().orElseThrow().text())
        .toList();
  }
}
