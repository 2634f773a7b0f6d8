package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import ai.pollux.server.http.ServerOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The OpenAI API over plain HTTP: paths, keys, errors, and clients that leave. */
final class OpenAiIT {
  private static final String CHAT = "/v1beta/openai/chat/completions";
  private static final String STORY =
      "{\"model\":\"google/gemini-pro\",\"temperature\":0,\"max_tokens\":8,\"messages\":[{\"role\":\"user\",\"content\":\"Once upon a time\"}]}";

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
  void everyBeginningOfThePathAnswersTheSame() throws Exception {
    String expected = text(api.post(CHAT, STORY));
    assertThat(expected).startsWith(", there was");
    for (String path :
        List.of(
            "/v1/openai/chat/completions",
            "/openai/v1/chat/completions",
            "/v1/chat/completions",
            "/v1/projects/p/locations/l/endpoints/openapi/chat/completions")) {
      assertThat(text(api.post(path, STORY))).as(path).isEqualTo(expected);
    }
  }

  @Test
  void modelsBelowV1AreListedAsGeminiDoes() throws Exception {
    assertThat(api.get("/v1/models").json().path("models").size()).isOne();
    assertThat(api.get("/openai/v1/models").json().path("data").path(0).path("id").asString())
        .isEqualTo("models/stories260K");
  }

  @Test
  void aStreamIsEventsThatEndWithDone() throws Exception {
    Reply stream = api.post(CHAT, STORY.replace("{\"model\"", "{\"stream\":true,\"model\""));
    assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
    assertThat(stream.body())
        .startsWith("data: {\"id\":\"chatcmpl-")
        .endsWith("\n\ndata: [DONE]\n\n");
  }

  @Test
  void errorsHaveOpenAisForm() throws Exception {
    assertError(api.post(CHAT, "{"), 400, "", "Invalid JSON payload received.");
    assertError(api.post(CHAT, ""), 400, "", "The request has no body; expected a JSON object.");
    assertError(api.post(CHAT, "{}"), 400, "model", "You must provide a model parameter.");
    assertError(
        api.post(CHAT, "{\"model\":\"x\"}"),
        404,
        "model",
        "The model \"x\" does not exist. GET models lists those that do.");
    assertError(
        api.get("/v1beta/openai/models/x"),
        404,
        "model",
        "The model \"x\" does not exist. GET models lists those that do.");
    assertError(
        api.post("/v1beta/openai/videos", "{}"),
        404,
        "",
        "Unknown request: POST /v1beta/openai/videos. This server has POST chat/completions, POST responses, POST embeddings, GET models and GET models/{id}.");
    assertError(
        api.post(
            CHAT,
            "{\"model\":\"gemini-pro\",\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://example.com/a.png\"}}]}]}"),
        400,
        "messages[0].content[0].image_url",
        "Unsupported file uri: https://example.com/a.png.");
    assertError(
        api.post(
            CHAT,
            STORY.replace(
                "\"max_tokens\":8",
                "\"max_tokens\":8,\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}],\"tool_choice\":\"required\"")),
        400,
        "",
        "This model has no form for function calls;");
    assertError(
        api.post(CHAT, STORY, "X-Server-Timeout", "soon"),
        400,
        "X-Server-Timeout",
        "X-Server-Timeout: expected seconds above 0, found \"soon\".");
  }

  @Test
  void keysAreBearersAndWrongOnesUnauthorized() throws Exception {
    ServerOptions options =
        ServerOptions.local(0, RunningServer.folder()).withApiKeys(List.of("right"));
    try (RunningServer guarded = RunningServer.stories(options)) {
      Api guardedApi = new Api(guarded.url());
      assertThat(guardedApi.post(CHAT, STORY, "Authorization", "Bearer right").status())
          .isEqualTo(200);
      Reply wrong = guardedApi.post(CHAT, STORY, "Authorization", "Bearer wrong");
      assertError(wrong, 401, "", "API key not valid. Please pass a valid API key.");
      assertThat(wrong.json().path("error").path("code").asString()).isEqualTo("invalid_api_key");
      assertError(guardedApi.post(CHAT, STORY), 403, "", "Method doesn't allow unregistered");
    }
  }

  @Test
  void quotasCountTokensOfWholeAndStreamedAnswers() throws Exception {
    ServerOptions options =
        ServerOptions.local(0, RunningServer.folder()).withApiKeys(List.of("operator"));
    try (RunningServer guarded = RunningServer.stories(options)) {
      Api guardedApi = new Api(guarded.url());
      for (String body :
          List.of(STORY, STORY.replace("{\"model\"", "{\"stream\":true,\"model\""))) {
        Reply created =
            guardedApi.post(
                "/admin/v1/keys",
                "{\"limits\":{\"tokensPerDay\":5}}",
                "Authorization",
                "Bearer operator");
        String bearer = "Bearer " + created.json().path("secret").asString();
        assertThat(guardedApi.post(CHAT, body, "Authorization", bearer).status()).isEqualTo(200);
        Reply refused = guardedApi.post(CHAT, body, "Authorization", bearer);
        assertError(refused, 429, "", "Quota exceeded for TokensPerDay");
        assertThat(refused.json().path("error").path("type").asString())
            .isEqualTo("rate_limit_error");
        assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(guardedApi.get("/v1beta/openai/models", "Authorization", bearer).status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void aDeadlineInTheMiddleOfAStreamIsAnErrorEvent() throws Exception {
    Reply reply = api.post(CHAT, longStream(), "X-Server-Timeout", "0.05");
    for (int tenths = 1; tenths < 10 && reply.status() != 200; tenths++) {
      reply = api.post(CHAT, longStream(), "X-Server-Timeout", "0." + tenths);
    }
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body())
        .endsWith(
            "\n\ndata: {\"error\":{\"message\":\"Deadline expired before operation could complete.\",\"type\":\"server_error\",\"param\":null,\"code\":\"timeout\"}}\n\n");
  }

  @Test
  void aClientThatLeavesAStreamEndsItsGeneration() throws Exception {
    for (String path : List.of(CHAT, "/v1/responses")) {
      try (Socket client = open(path, longStream())) {
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        String line = readLine(lines);
        while (!line.startsWith("data: ")) {
          line = readLine(lines);
        }
      }
      Instant end = Instant.now().plus(Duration.ofSeconds(20));
      while (server.assistant().stats().running() > 0) {
        assertThat(Instant.now()).as("still running").isBefore(end);
        Thread.sleep(5);
      }
      assertThat(server.assistant().stats().usedPages()).isZero();
    }
  }

  /** Work for seconds; a response reads only its input. */
  private static String longStream() {
    return "{\"model\":\"gemini-pro\",\"stream\":true,\"temperature\":2,\"seed\":1,\"n\":8,\"input\":\"Once\",\"messages\":[{\"role\":\"user\",\"content\":\"Once\"}]}";
  }

  private static String readLine(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    assertThat(line).as("the stream ended").isNotNull();
    return line;
  }

  private static Socket open(String path, String body) throws Exception {
    URI url = URI.create(server.url());
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setSoTimeout(10_000);
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, url.getAuthority(), body.length());
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void assertError(Reply reply, int status, String param, String message) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().path("error").path("message").asString()).startsWith(message);
    assertThat(reply.json().path("error").path("param").asString("")).isEqualTo(param);
    assertThat(reply.json().path("error").path("type").asString()).isNotEmpty();
  }

  private static String text(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json().path("choices").path(0).path("message").path("content").asString();
  }
}
