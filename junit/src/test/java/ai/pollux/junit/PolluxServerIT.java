package ai.pollux.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.gemini.ApiException;
import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.errors.ClientException;
import com.google.genai.errors.ServerException;
import com.google.genai.types.BlockedReason;
import com.google.genai.types.File;
import com.google.genai.types.FinishReason;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.UploadFileConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scripts and faults, as Google's SDK and a plain client see them. */
@PolluxTest
final class PolluxServerIT {
  private static final String BODY = "{\"contents\": [{\"parts\": [{\"text\": \"Hello\"}]}]}";

  private static HttpClient plain;
  private static Client client;

  @BeforeAll
  static void connect() {
    plain = HttpClient.newHttpClient();
    // PolluxExtension set the base URL. By itself this SDK asks five times, for half a minute.
    client = Client.builder().apiKey("any").httpOptions(once().build()).build();
  }

  @AfterAll
  static void disconnect() {
    plain.close();
    client.close();
  }

  private static HttpOptions.Builder once() {
    return HttpOptions.builder().retryOptions(HttpRetryOptions.builder().attempts(1).build());
  }

  private static GenerateContentResponse ask(String prompt) {
    return client.models.generateContent("gemini-pro", prompt, null);
  }

  private static List<String> stream(String prompt) {
    List<String> pieces = new ArrayList<>();
    try (ResponseStream<GenerateContentResponse> stream =
        client.models.generateContentStream("gemini-pro", prompt, null)) {
      stream.forEach(chunk -> pieces.add(String.valueOf(chunk.text())));
    }
    return pieces;
  }

  private static HttpResponse<String> post(URI url, String method)
      throws IOException, InterruptedException {
    return plain.send(
        HttpRequest.newBuilder(url.resolve("/v1beta/models/gemini-pro:" + method))
            .POST(HttpRequest.BodyPublishers.ofString(BODY))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void theModelAnswersTheSameWithTheFixedSeed(PolluxServer server) {
    GenerateContentConfig drawn =
        GenerateContentConfig.builder().temperature(1f).maxOutputTokens(20).build();
    String story = client.models.generateContent("gemini-pro", "Tell me a story.", drawn).text();
    assertThat(story).isNotBlank();
    assertThat(client.models.generateContent("gemini-pro", "Tell me a story.", drawn).text())
        .isEqualTo(story);
    assertThat(server.model()).isEqualTo("pollux-nano");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void answersComeOneEachThenTheModelAnswers(PolluxServer server) {
    server.answers("one", "two");
    server.when("weather").answers("Sunny.");
    assertThat(ask("a").text()).isEqualTo("one");
    assertThat(ask("b").text()).isEqualTo("two");
    assertThat(ask("What is the weather?").text()).isEqualTo("Sunny.");
    assertThat(ask("What is the weather?").text()).isEqualTo("Sunny.");
    assertThat(ask("What is 2 + 3?").text()).isNotBlank().isNotIn("one", "two", "Sunny.");
    assertThat(server.requests())
        .extracting(RecordedRequest::prompt)
        .containsExactly(
            "a", "b", "What is the weather?", "What is the weather?", "What is 2 + 3?");
    assertThat(server.lastRequest().method()).isEqualTo("generateContent");
    assertThat(server.lastRequest().model()).isEqualTo("gemini-pro");
    assertThat(server.lastRequest().header("X-Goog-Api-Key")).contains("any");
  }

  @Test
  void nothingIsLeftOfTheTestBefore(PolluxServer server) {
    assertThat(server.requests()).isEmpty();
    assertThatThrownBy(server::lastRequest)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "no request came since the test began; does the client use %s?"
                .formatted(server.url()));
  }

  @Test
  void streamsWordByWordWithTokensCounted(PolluxServer server) {
    server.always().answers("The cat sat.");
    assertThat(stream("a")).containsExactly("The ", "cat ", "sat.");
    GenerateContentResponse whole = ask("a");
    assertThat(whole.finishReason().knownEnum()).isEqualTo(FinishReason.Known.STOP);
    assertThat(whole.usageMetadata().orElseThrow().candidatesTokenCount().orElseThrow())
        .isPositive();
  }

  record Recipe(String name, int minutes) {}

  @Test
  void callsAndJson(PolluxServer server) {
    server.next(1).calls("get_weather", Map.of("city", "Ulm"));
    server.next(1).answersJson(new Recipe("soup", 20));
    FunctionCall call = ask("a").functionCalls().getFirst();
    assertThat(call.name()).contains("get_weather");
    assertThat(call.args().orElseThrow()).isEqualTo(Map.of("city", "Ulm"));
    assertThat(ask("b").text()).isEqualTo("{\"name\":\"soup\",\"minutes\":20}");
  }

  @Test
  void safetyBlocks(PolluxServer server) {
    server.next(1).blocksPrompt();
    server.next(2).stopsForSafety("Half an");
    GenerateContentResponse blocked = ask("a");
    assertThat(blocked.candidates()).isEmpty();
    assertThat(blocked.promptFeedback().orElseThrow().blockReason().orElseThrow().knownEnum())
        .isEqualTo(BlockedReason.Known.SAFETY);
    GenerateContentResponse stopped = ask("b");
    assertThat(stopped.finishReason().knownEnum()).isEqualTo(FinishReason.Known.SAFETY);
    assertThat(stopped.candidates().orElseThrow().getFirst().content().orElseThrow().text())
        .isEqualTo("Half an");
  }

  @Test
  void errorsWithWhatClientsReadOfThem(PolluxServer server)
      throws IOException, InterruptedException {
    server.next(1).tooManyRequests(Duration.ofMillis(7500));
    HttpResponse<String> refused = post(server.url(), "generateContent");
    assertThat(refused.statusCode()).isEqualTo(429);
    JsonNode error = JsonMapper.shared().readTree(refused.body()).path("error");
    assertThat(error.path("status").asString()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(error.at("/details/1/@type").asString())
        .isEqualTo("type.googleapis.com/google.rpc.RetryInfo");
    assertThat(error.at("/details/1/retryDelay").asString()).isEqualTo("7.500s");

    server.always().times(1).fails(new ApiException(ApiException.Status.NOT_FOUND, "gone"));
    assertThatThrownBy(() -> ask("a"))
        .isInstanceOf(ClientException.class)
        .hasMessageContaining("gone");
    server.when(request -> request.method().equals("countTokens")).unavailable();
    assertThat(post(server.url(), "countTokens").statusCode()).isEqualTo(503);
    assertThat(ask("a").text()).isNotBlank();
  }

  @Test
  void googlesSdkSeesTheErrors(PolluxServer server) {
    server.always().unavailable();
    assertThatThrownBy(() -> ask("a"))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("The model is overloaded. Please try again later.");
  }

  @Test
  void clientsThatWaitTooShortTimeOut(PolluxServer server) {
    server.always().after(Duration.ofSeconds(2)).answers("late");
    try (Client hasty =
        Client.builder()
            .apiKey("any")
            .httpOptions(once().baseUrl(server.url().toString()).timeout(300).build())
            .build()) {
      assertThatThrownBy(() -> hasty.models.generateContent("gemini-pro", "a", null))
          .hasStackTraceContaining("timeout");
    }
  }

  @Test
  void slowTokensComeOneByOne(PolluxServer server) throws IOException, InterruptedException {
    server.next(1).slowly(Duration.ofMillis(100)).answers("one two three four");
    long started = System.nanoTime();
    assertThat(stream("a")).hasSize(4);
    // Three pauses between four messages.
    assertThat(Duration.ofNanos(System.nanoTime() - started))
        .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    server.next(1).slowly(Duration.ofMillis(20)).lets();
    assertThat(post(server.url(), "streamGenerateContent?alt=sse").body()).contains("STOP");
  }

  @Test
  void aCutStreamEndsInTheMiddle(PolluxServer server) {
    server.next(1).cutAfter(2).answers("one two three four");
    List<String> seen = new ArrayList<>();
    assertThatThrownBy(
            () -> {
              try (ResponseStream<GenerateContentResponse> stream =
                  client.models.generateContentStream("gemini-pro", "a", null)) {
                stream.forEach(chunk -> seen.add(chunk.text()));
              }
            })
        .isInstanceOf(RuntimeException.class);
    assertThat(seen).containsExactly("one ", "two ");

    server.next(1).cutAfter(1).lets();
    assertThatThrownBy(() -> post(server.url(), "streamGenerateContent?alt=sse"))
        .isInstanceOf(IOException.class);
    server.next(1).cutAfter(0).answers("never seen");
    assertThatThrownBy(() -> post(server.url(), "generateContent")).isInstanceOf(IOException.class);
    assertThat(ask("a").text()).isNotBlank();
  }

  @Test
  void mistakesInScriptsAreRefusedWhereTheyAreMade(PolluxServer server) {
    assertThatThrownBy(() -> server.next(0)).hasMessage("times: expected at least 1, found 0");
    assertThatThrownBy(() -> server.always().replies("{not json"))
        .isInstanceOf(tools.jackson.core.JacksonException.class);
    server.always().replies("{\"candidates\": []}");
    assertThat(ask("a").candidates()).contains(List.of());
  }

  @Test
  void uploadsAreRecordedWithoutTheirBodiesAndWork(PolluxServer server) {
    byte[] text = "A dog ran.".getBytes(StandardCharsets.UTF_8);
    File file =
        client.files.upload(text, UploadFileConfig.builder().mimeType("text/plain").build());
    assertThat(file.sizeBytes()).contains(10L);
    assertThat(server.requests())
        .isNotEmpty()
        .allSatisfy(request -> {
          assertThat(request.path()).startsWith("/upload/");
          assertThat(request.body()).isEmpty();
          assertThat(request.json().isMissingNode()).isTrue();
        });
    server.when(request -> request.path().contains("/files/")).unavailable();
    assertThatThrownBy(() -> client.files.get(file.name().orElseThrow(), null))
        .isInstanceOf(ServerException.class);
  }
}
