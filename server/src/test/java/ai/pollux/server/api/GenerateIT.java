package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.testkit.TestFiles;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What a trained model says through the server, and the form in which it comes. */
final class GenerateIT {
  private static final String GREEDY = "\"temperature\":0,\"maxOutputTokens\":24";
  private static final String REQUEST = Api.request("Once upon a time", GREEDY);

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void tellsTheSameStoryAsLlama2c() throws Exception {
    String story = Files.readString(TestFiles.data("weights/stories260K/greedy-200-steps.txt"));
    Reply fromTheStart =
        api.post(Api.GENERATE, Api.request("", "\"temperature\":0,\"maxOutputTokens\":200"));
    // A text's first word carries a space that llama2.c does not print.
    assertThat(fromTheStart.text()).isEqualTo(" " + story);
    // The four words are one token each.
    Reply continued =
        api.post(
            Api.STREAM,
            Api.request("Once upon a time", "\"temperature\":0,\"maxOutputTokens\":196"));
    assertThat("Once upon a time" + Api.text(continued.events())).isEqualTo(story);
  }

  @Test
  void anEventIsOneLineOfJsonAndABlankOne() throws Exception {
    Reply reply = api.post(Api.STREAM, REQUEST);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("text/event-stream");
    assertThat(reply.header("content-disposition")).isEqualTo("attachment");
    assertThat(reply.body()).matches("(data: \\{[^\r\n]*\\}\r\n\r\n)+");
  }

  @Test
  void everyEventCountsTheTokensSoFarAndTheLastSaysWhyItEnded() throws Exception {
    List<JsonNode> events = api.post(Api.STREAM, REQUEST).events();
    int before = 0;
    for (JsonNode event : events) {
      JsonNode usage = event.path("usageMetadata");
      int total = usage.path("totalTokenCount").asInt();
      assertThat(total)
          .isGreaterThanOrEqualTo(before)
          .isEqualTo(
              usage.path("promptTokenCount").asInt() + usage.path("candidatesTokenCount").asInt());
      assertThat(event.path("modelVersion").asString()).isEqualTo("stories260K");
      assertThat(event.path("responseId").asString())
          .isEqualTo(events.getFirst().path("responseId").asString());
      boolean isLast = event == events.getLast();
      assertThat(event.path("candidates").path(0).has("finishReason")).isEqualTo(isLast);
      before = total;
    }
    JsonNode last = events.getLast();
    assertThat(last.path("candidates").path(0).path("finishReason").asString())
        .isEqualTo("MAX_TOKENS");
    assertThat(last.path("usageMetadata").path("candidatesTokenCount").asInt()).isEqualTo(24);
    // BOS and four words.
    assertThat(last.path("usageMetadata").path("promptTokenCount").asInt()).isEqualTo(5);
    assertThat(Api.text(events)).isEqualTo(api.post(Api.GENERATE, REQUEST).text());
  }

  @Test
  void withoutAltTheStreamIsOneJsonArray() throws Exception {
    Reply reply = api.post(Api.MODEL + ":streamGenerateContent", REQUEST);
    assertThat(reply.header("content-type")).isEqualTo("application/json; charset=UTF-8");
    assertThat(reply.body()).startsWith("[{").endsWith("}\n]").contains("}\n,\r\n{");
    List<JsonNode> messages = reply.json().valueStream().toList();
    assertThat(messages).hasSizeGreaterThan(10);
    assertThat(Api.text(messages)).isEqualTo(api.post(Api.GENERATE, REQUEST).text());
  }

  @Test
  void severalCandidatesAreToldApartByIndex() throws Exception {
    String request =
        Api.request(
            "The cat", "\"temperature\":1,\"seed\":3,\"candidateCount\":3,\"maxOutputTokens\":8");
    JsonNode whole = api.post(Api.GENERATE, request).json();
    List<JsonNode> events = api.post(Api.STREAM, request).events();
    for (int index = 0; index < 3; index++) {
      StringBuilder streamed = new StringBuilder();
      for (JsonNode event : events) {
        JsonNode said = event.path("candidates").path(0);
        if (said.path("index").asInt() == index) {
          said.path("content")
              .path("parts")
              .forEach(part -> streamed.append(part.path("text").asString()));
        }
      }
      JsonNode candidate = whole.path("candidates").path(index);
      assertThat(candidate.path("index").asInt()).isEqualTo(index);
      assertThat(streamed)
          .hasToString(candidate.path("content").path("parts").path(0).path("text").asString());
    }
  }

  @Test
  void prettyPrintCanBeSwitchedOff() throws Exception {
    assertThat(api.post(Api.GENERATE, REQUEST).body()).contains("\n");
    assertThat(api.post(Api.GENERATE + "?prettyPrint=false", REQUEST).body())
        .startsWith("{\"candidates\":")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models/stories260K:generateContent",
        "/v1alpha/models/stories260K:generateContent",
        "//v1beta/models/stories260K:generateContent",
        "/v1beta//models/stories260K:generateContent",
        "/v1beta/models/gemini-2.5-flash:generateContent",
        "/v1beta/models/gemini-2.5-flash%3AgenerateContent",
        "/v1beta/models/gemini-3-pro-preview:generateContent?key=any&$alt=json"
      })
  void isFoundByEveryPath(String path) throws Exception {
    Reply reply = api.post(path, REQUEST);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(api.post(Api.GENERATE, REQUEST).text());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Once upon a time\"}]}],"
            + "\"generation_config\":{\"temperature\":0,\"max_output_tokens\":24}}",
        "{\"contents\":{\"parts\":{\"text\":\"Once upon a time\"}},"
            + "\"generationConfig\":{\"temperature\":0,\"maxOutputTokens\":24}}",
        "{\"contents\":[{\"parts\":[{\"text\":\"Once upon\"},{\"text\":\" a time\"}]}],\"safetySettings\":[],"
            + "\"generationConfig\":{\"temperature\":0,\"maxOutputTokens\":24,\"stopSequences\":[],\"topK\":1}}"
      })
  void isReadInEverySpelling(String body) throws Exception {
    Reply reply = api.post(Api.GENERATE, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo(api.post(Api.GENERATE, REQUEST).text());
  }

  @Test
  void bodiesMayComeInChunks() throws Exception {
    byte[] body = REQUEST.getBytes(StandardCharsets.UTF_8);
    assertThat(api.postChunked(Api.GENERATE, new ByteArrayInputStream(body)).text())
        .isEqualTo(api.post(Api.GENERATE, REQUEST).text());
  }

  @Test
  void anEmptyGenerationConfigIsNone() throws Exception {
    Reply reply = api.post(Api.GENERATE, Api.request("The end", ""));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("candidates").path(0).path("finishReason").asString())
        .isIn("STOP", "MAX_TOKENS");
  }
}
