package ai.pollux.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.server.RunningServer;
import ai.pollux.server.http.ServerOptions;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What a session refuses, and that it says why. */
final class LiveAttacksIT {
  private static final String KEY = "the-key";
  private static final String CONFIG = "\"generationConfig\":{\"seed\":7,\"maxOutputTokens\":8}";
  private static final String LIVE = LiveClient.PATH + "BidiGenerateContent";
  private static final String CONSTRAINED = LiveClient.PATH + "BidiGenerateContentConstrained";
  private static final int MOST_BYTES = 100_000;
  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = server(limits(50, 60, 60, 300));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RunningServer server(LiveLimits limits) {
    return RunningServer.gemma(
        ServerOptions.local(0, RunningServer.folder())
            .withApiKeys(List.of(KEY))
            .withMaxBodyBytes(1 << 20)
            .withLive(limits));
  }

  /** Limits so small that tests reach them; the times in seconds. */
  private static LiveLimits limits(int sessions, int untilSetup, int idle, int longest) {
    return new LiveLimits(
        sessions,
        MOST_BYTES,
        20,
        100,
        4000,
        1 << 20,
        Duration.ofSeconds(untilSetup),
        Duration.ofSeconds(idle),
        Duration.ofSeconds(longest),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofMinutes(1));
  }

  private static LiveClient connect() {
    return connect(server);
  }

  private static LiveClient connect(RunningServer to) {
    return new LiveClient(to.url(), LIVE + "?key=" + KEY);
  }

  private static LiveClient.Closed afterSending(String... messages) {
    try (LiveClient client = connect()) {
      for (String message : messages) {
        client.send(message);
      }
      return client.closed();
    }
  }

  private static String setup(String members) {
    return "{\"setup\":{\"model\":\"models/hf\"" + (members.isEmpty() ? "" : "," + members) + "}}";
  }

  private static void assertRefused(LiveClient.Closed closed, int code, String reason) {
    assertThat(closed).isEqualTo(new LiveClient.Closed(code, reason));
  }

  @Test
  void theFirstMessageMustBeASetup() {
    assertRefused(afterSending(LiveClient.turn("Hi")), 1007, "The first message must be a setup.");
  }

  @Test
  void thereIsOneSetup() {
    assertRefused(
        afterSending(setup(""), setup("")),
        1007,
        "setup: only the first message may be one; this session has begun.");
  }

  @Test
  void aMessageHasOneMember() {
    assertRefused(
        afterSending("{}"),
        1007,
        "A message has one of setup, clientContent, realtimeInput, toolResponse; found 0.");
  }

  @Test
  void brokenAndUnknownJsonIsRefusedWithItsPlace() {
    LiveClient.Closed broken = afterSending("{\"setup\":");
    assertThat(broken.code()).isEqualTo(1007);
    assertThat(broken.reason()).startsWith("Invalid JSON payload received.");
    assertRefused(
        afterSending("{\"setup\":{\"voice\":1}}"),
        1007,
        "Invalid JSON payload received. Unknown name \"voice\" at 'setup': Cannot find field.");
    LiveClient.Closed deep = afterSending("{\"setup\":{\"labels\":" + "[".repeat(2000));
    assertThat(deep.code()).as(deep.reason()).isEqualTo(1007);
  }

  @Test
  void whatTheModelCannotDoIsRefusedAtOnce() {
    assertRefused(
        afterSending(setup("\"generationConfig\":{\"responseModalities\":[\"AUDIO\"]}")),
        1007,
        "This server answers in TEXT; found [AUDIO].");
    LiveClient.Closed unknown = afterSending("{\"setup\":{\"model\":\"models/nothing\"}}");
    assertThat(unknown.code()).isEqualTo(1008);
    assertThat(unknown.reason())
        .startsWith("models/nothing is not found for API version v1beta")
        .hasSizeLessThanOrEqualTo(123);
    assertRefused(
        afterSending("{\"setup\":{}}"), 1007, "setup.model: expected models/ and a name.");
    assertRefused(
        afterSending(
            setup(
                "\"realtimeInputConfig\":{\"automaticActivityDetection\":{\"silenceDurationMs\":-1}}")),
        1007,
        "setup.realtime_input_config.automatic_activity_detection.silence_duration_ms: expected 0 to 60000, found -1.");
  }

  @Test
  void aMessageMayNotBeHuge() {
    String reason = "A message has at most 100,000 bytes.";
    assertRefused(afterSending(" ".repeat(MOST_BYTES + 1)), 1009, reason);
    try (LiveClient client = connect()) {
      for (int i = 0; i < 3; i++) {
        client.sendBytes(new byte[MOST_BYTES / 2], false);
      }
      assertRefused(client.closed(), 1009, reason);
    }
  }

  @Test
  void aConversationMayNotBeHuge() {
    assertRefused(
        afterSending(setup(""), LiveClient.turn("x".repeat(5000))),
        1007,
        "The conversation takes more than 4,000 bytes. Set contextWindowCompression, or start anew.");
  }

  @Test
  void aFloodIsRefused() {
    try (LiveClient client = connect()) {
      client.send(setup(CONFIG));
      for (int i = 0; i < 200; i++) {
        client.send("{\"clientContent\":{}}");
      }
      assertRefused(client.closed(), 1008, "Too many messages: more than 20 per second.");
    } catch (CompletionException e) {
      // The server had closed before all was sent.
    }
  }

  @Test
  void thereAreNotTooManySessions() throws Exception {
    try (RunningServer small = server(limits(1, 60, 60, 300))) {
      try (LiveClient one = connect(small)) {
        one.setUp("hf", CONFIG);
        try (LiveClient two = connect(small)) {
          assertRefused(
              two.closed(),
              1011,
              "1 live sessions are open, as many as this server allows. Try again later.");
        }
        one.cut();
      }
      // That it was cut is noticed, and makes room.
      boolean hasRoom = false;
      for (int i = 0; i < 100 && !hasRoom; i++) {
        Thread.sleep(100);
        try (LiveClient next = connect(small)) {
          hasRoom = next.isSilent(200);
        }
      }
      assertThat(hasRoom).isTrue();
    }
  }

  @Test
  void whoSaysNothingIsSentAway() {
    try (RunningServer hasty = server(limits(50, 2, 2, 300))) {
      try (LiveClient client = connect(hasty)) {
        assertRefused(client.closed(), 1008, "No setup came within 2 s.");
      }
      try (LiveClient client = connect(hasty)) {
        client.send(setup(CONFIG));
        assertRefused(client.closed(), 1008, "The session was idle for 2 s.");
      }
    }
  }

  @Test
  void aSessionIsWarnedBeforeItsLimit() {
    try (RunningServer hasty = server(limits(50, 60, 60, 6))) {
      try (LiveClient client = connect(hasty)) {
        client.setUp("hf", CONFIG);
        assertThat(client.next().path("goAway").path("timeLeft").asString())
            .matches("[0-5](\\.\\d+)?s");
        assertRefused(
            client.closed(), 1008, "The session reached its limit of 6 s. Resume it by a handle.");
      }
    }
  }

  @Test
  void aKeyIsNeeded() {
    try (LiveClient client = new LiveClient(server.url(), LIVE)) {
      LiveClient.Closed closed = client.closed();
      assertThat(closed.code()).isEqualTo(1008);
      assertThat(closed.reason()).startsWith("Method doesn't allow unregistered callers");
    }
    try (LiveClient client = new LiveClient(server.url(), LIVE, "x-goog-api-key", "wrong")) {
      assertRefused(client.closed(), 1007, "API key not valid. Please pass a valid API key.");
    }
    try (LiveClient client = new LiveClient(server.url(), LIVE, "Authorization", "Bearer " + KEY)) {
      client.setUp("hf", CONFIG);
    }
  }

  @Test
  void pagesOfOtherOriginsMayNotConnect() {
    assertThatThrownBy(() ->
            new LiveClient(server.url(), LIVE + "?key=" + KEY, "Origin", "https://evil.example"))
        .hasMessageContaining("WebSocketHandshakeException");
    try (LiveClient client =
        new LiveClient(server.url(), LIVE + "?key=" + KEY, "Origin", "http://localhost:3000")) {
      client.setUp("hf", CONFIG);
    }
  }

  @Test
  void aFrameThatIsNotMaskedIsRefused() throws Exception {
    URI url = URI.create(server.url());
    try (Socket raw = new Socket(url.getHost(), url.getPort())) {
      String upgrade =
          "GET %s?key=%s HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n"
              .formatted(LIVE, KEY);
      raw.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
      InputStream in = raw.getInputStream();
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 101");
      // An unmasked frame breaks the protocol: the server says so and hangs up.
      raw.getOutputStream().write(new byte[] {(byte) 0x81, 1, 'x'});
      byte[] rest = in.readAllBytes();
      assertThat(new String(rest, StandardCharsets.ISO_8859_1)).contains("Unmasked client frame");
    }
  }

  private static HttpResponse<String> token(String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(server.url() + "/v1alpha/auth_tokens?key=" + KEY))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static String tokenName(String body) throws Exception {
    HttpResponse<String> made = token(body);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    String name = new JsonMapper().readTree(made.body()).path("name").asString();
    assertThat(name).matches("auth_tokens/[\\w-]{43}");
    return name;
  }

  @Test
  void aTokenOpensOneSession() throws Exception {
    String name = tokenName("{}");
    try (LiveClient client = new LiveClient(server.url(), CONSTRAINED + "?access_token=" + name)) {
      client.setUp("hf", CONFIG);
      assertThat(LiveClient.said(client.ask("Hi"))).isNotEmpty();
    }
    try (LiveClient client =
        new LiveClient(server.url(), CONSTRAINED, "Authorization", "Token " + name)) {
      client.send(setup(CONFIG));
      assertRefused(client.closed(), 1008, "The auth token was used as often as it may be.");
    }
  }

  @Test
  void aTokenDecidesItsMembersOfTheSetup() throws Exception {
    String name =
        tokenName(
            "{\"uses\":0,\"fieldMask\":\"model,generationConfig.maxOutputTokens\",\"bidiGenerateContentSetup\":{\"model\":\"models/hf\",\"generationConfig\":{\"maxOutputTokens\":3}}}");
    try (LiveClient client = new LiveClient(server.url(), CONSTRAINED + "?access_token=" + name)) {
      client.setUp("something-else", "\"generationConfig\":{\"maxOutputTokens\":50,\"seed\":7}");
      var usage = client.ask("Hi").getLast().path("usageMetadata");
      assertThat(usage.path("responseTokenCount").asInt()).isEqualTo(3);
    }
  }

  @Test
  void wrongAndExpiredTokensAreRefused() throws Exception {
    try (LiveClient client =
        new LiveClient(server.url(), CONSTRAINED + "?access_token=auth_tokens/guess")) {
      assertRefused(
          client.closed(), 1008, "The auth token is not known; it may have expired long ago.");
    }
    try (LiveClient client = new LiveClient(server.url(), CONSTRAINED + "?key=" + KEY)) {
      assertRefused(
          client.closed(),
          1008,
          "An auth token is needed: ?access_token= or Authorization: Token.");
    }
    String name = tokenName("{\"expireTime\":\"%s\"}".formatted(Instant.now().plusSeconds(5)));
    try (LiveClient client = new LiveClient(server.url(), CONSTRAINED + "?access_token=" + name)) {
      client.setUp("hf", CONFIG);
      assertRefused(client.closed(), 1008, "The auth token has expired.");
    }
    try (LiveClient client = new LiveClient(server.url(), CONSTRAINED + "?access_token=" + name)) {
      assertThat(client.closed().reason()).startsWith("The auth token expired at ");
    }
  }

  @Test
  void tokensThatMayNotBeAreRefused() throws Exception {
    assertThat(token("{\"uses\":-1}").body()).contains("uses: expected at least 0, found -1.");
    assertThat(token("{\"expireTime\":\"2020-01-01T00:00:00Z\"}").body())
        .contains("expire_time: expected a time within the next 20 hours");
    assertThat(token("{\"fieldMask\":\"nonsense\"}").body())
        .contains("field_mask: a setup has no member \\\"nonsense\\\"");
    HttpResponse<String> got =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(server.url() + "/v1alpha/auth_tokens?key=" + KEY))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(got.statusCode()).isEqualTo(404);
    assertThat(got.body()).contains("Auth tokens are made by POST, and not shown again.");
  }
}
