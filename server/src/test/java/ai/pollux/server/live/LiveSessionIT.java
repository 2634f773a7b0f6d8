package ai.pollux.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Sessions over a plain WebSocket: turns, interruption, tools, resumption. */
final class LiveSessionIT {
  private static final String SEEDED = "\"generationConfig\":{\"seed\":7,\"maxOutputTokens\":12}";
  private static final String LONG = "\"generationConfig\":{\"seed\":7,\"maxOutputTokens\":400}";
  private static final String STOP_TOOL =
      "\"tools\":[{\"functionDeclarations\":[{\"name\":\"stop\"}]}],"
          + "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}},"
          + "\"generationConfig\":{\"seed\":1,\"temperature\":2,\"maxOutputTokens\":200}";

  private static RunningServer server;

  @BeforeAll
  static void start() {
    server = RunningServer.gemma();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static LiveClient begin(String members) {
    return LiveClient.begin(server.url(), "hf", members);
  }

  private static JsonNode content(JsonNode message) {
    return message.path("serverContent");
  }

  @Test
  void aTurnIsStreamedAndEndsWithItsTokens() {
    try (LiveClient client = begin(SEEDED)) {
      List<JsonNode> turn = client.ask("Hello");
      assertThat(LiveClient.said(turn)).isNotEmpty();
      assertThat(turn.size()).isGreaterThan(3);
      assertThat(content(turn.get(turn.size() - 2)).path("generationComplete").asBoolean())
          .isTrue();
      JsonNode usage = turn.getLast().path("usageMetadata");
      assertThat(usage.path("responseTokenCount").asInt()).isEqualTo(12);
      assertThat(usage.path("totalTokenCount").asInt())
          .isEqualTo(usage.path("promptTokenCount").asInt() + 12);
      assertThat(usage.path("responseTokensDetails").path(0).path("modality").asString())
          .isEqualTo("TEXT");
    }
  }

  @Test
  void theConversationIsRememberedAndSaysTheSameAsOneRequest() {
    try (LiveClient client = begin(SEEDED)) {
      int first = prompt(client.ask("Hello"));
      int second = prompt(client.ask("Go on"));
      assertThat(second).isGreaterThan(first + 12);
    }
  }

  private static int prompt(List<JsonNode> turn) {
    return turn.getLast().path("usageMetadata").path("promptTokenCount").asInt();
  }

  @Test
  void turnsWithoutCompleteWaitForTheRest() throws Exception {
    try (LiveClient client = begin(SEEDED)) {
      client.send(
          "{\"clientContent\":{\"turns\":[{\"role\":\"user\",\"parts\":[{\"text\":\"A\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"B\"}]}]}}");
      assertThat(client.isSilent(300)).isTrue();
      client.send(
          "{\"client_content\":{\"turns\":[{\"role\":\"user\",\"parts\":[{\"text\":\"C\"}]}],\"turn_complete\":true}}");
      assertThat(LiveClient.said(client.turn())).isNotEmpty();
    }
  }

  @Test
  void initialHistoryIsNotAnswered() throws Exception {
    try (LiveClient client =
        begin(SEEDED + ",\"historyConfig\":{\"initialHistoryInClientContent\":true}")) {
      client.send(LiveClient.turn("The past"));
      assertThat(client.isSilent(300)).isTrue();
      client.send("{\"realtimeInput\":{\"text\":\"Now\"}}");
      assertThat(LiveClient.said(client.turn())).isNotEmpty();
    }
  }

  @Test
  void realtimeTextIsATurn() {
    try (LiveClient client = begin(SEEDED)) {
      client.send("{\"realtimeInput\":{\"text\":\"Hello\"}}");
      assertThat(LiveClient.said(client.turn())).isNotEmpty();
    }
  }

  @Test
  void binaryFramesAndFragmentsCutWithinCharactersAreRead() {
    try (LiveClient client = begin(SEEDED)) {
      byte[] message = LiveClient.turn("Größe äöü 😀").getBytes(StandardCharsets.UTF_8);
      for (int i = 0; i < message.length; i++) {
        client.sendBytes(new byte[] {message[i]}, i == message.length - 1);
      }
      int cut = prompt(client.turn());
      try (LiveClient other = begin(SEEDED)) {
        assertThat(cut).isEqualTo(prompt(other.ask("Größe äöü 😀")));
      }
    }
  }

  @Test
  void moreContentInterruptsTheAnswer() {
    try (LiveClient client = begin(LONG)) {
      client.send(LiveClient.turn("Tell me a long story"));
      client.until(message -> content(message).has("modelTurn"));
      client.send(LiveClient.turn("Stop, say something else"));
      List<JsonNode> first = client.turn();
      assertThat(first).anyMatch(message -> content(message).path("interrupted").asBoolean(false));
      assertThat(first).noneMatch(message -> content(message).has("generationComplete"));
      assertThat(content(first.get(first.size() - 2)).path("interrupted").asBoolean(false))
          .isTrue();
      List<JsonNode> second = client.turn();
      assertThat(second).anyMatch(message -> content(message).has("generationComplete"));
    }
  }

  @Test
  void withoutInterruptionTheNextInputWaits() {
    try (LiveClient client =
        begin(
            "\"generationConfig\":{\"seed\":7,\"maxOutputTokens\":60},\"realtimeInputConfig\":{\"activityHandling\":\"NO_INTERRUPTION\"}")) {
      client.send(LiveClient.turn("Tell me a story"));
      client.until(message -> content(message).has("modelTurn"));
      client.send("{\"realtimeInput\":{\"text\":\"And another\"}}");
      List<JsonNode> first = client.turn();
      assertThat(first).noneMatch(message -> content(message).has("interrupted"));
      assertThat(first).anyMatch(message -> content(message).has("generationComplete"));
      assertThat(LiveClient.said(client.turn())).isNotEmpty();
    }
  }

  private static JsonNode call(LiveClient client) {
    client.send(LiveClient.turn("Hi"));
    return client.until(message -> message.has("toolCall")).getLast();
  }

  @Test
  void callsAreAnsweredAndTheTurnGoesOn() {
    try (LiveClient client = begin(STOP_TOOL)) {
      JsonNode asked = call(client);
      assertThat(asked.path("usageMetadata").path("responseTokenCount").asInt()).isPositive();
      for (JsonNode call : asked.path("toolCall").path("functionCalls")) {
        assertThat(call.path("name").asString()).isEqualTo("stop");
        client.send(response(call.path("id").asString()));
      }
      assertThat(client.next().has("toolCallCancellation")).isFalse();
    }
  }

  private static String response(String id) {
    return "{\"toolResponse\":{\"functionResponses\":[{\"id\":\"%s\",\"name\":\"stop\",\"response\":{\"ok\":true}}]}}"
        .formatted(id);
  }

  @Test
  void callsAreCancelledByWhatComesBetween() {
    try (LiveClient client = begin(STOP_TOOL)) {
      JsonNode calls = call(client).path("toolCall").path("functionCalls");
      client.send(LiveClient.turn("Never mind"));
      JsonNode cancelled = client.next().path("toolCallCancellation").path("ids");
      assertThat(cancelled.size()).isEqualTo(calls.size());
      assertThat(cancelled.path(0).asString()).isEqualTo(calls.path(0).path("id").asString());
      assertThat(content(client.next()).path("interrupted").asBoolean(false)).isTrue();
      assertThat(content(client.next()).path("turnComplete").asBoolean(false)).isTrue();
      client.send(response(cancelled.path(0).asString())); // Late, and no mistake.
      assertThat(client.until(message -> message.has("toolCall"))).isNotEmpty();
    }
  }

  @Test
  void aResponseToNothingIsRefused() {
    try (LiveClient client = begin(SEEDED)) {
      client.send(response("nobody"));
      LiveClient.Closed closed = client.closed();
      assertThat(closed.code()).isEqualTo(1007);
      assertThat(closed.reason())
          .isEqualTo(
              "tool_response.function_responses[0]: no call of id \"nobody\" waits; expected one of [].");
    }
  }

  @Test
  void aSessionIsResumedByItsHandle() {
    String members = SEEDED + ",\"sessionResumption\":{\"transparent\":true}";
    String handle;
    int asked;
    try (LiveClient client = begin(members)) {
      asked = prompt(client.ask("Remember the number 42"));
      JsonNode update = client.next().path("sessionResumptionUpdate");
      assertThat(update.path("resumable").asBoolean()).isTrue();
      assertThat(update.path("lastConsumedClientMessageIndex").asString()).isEqualTo("1");
      handle = update.path("newHandle").asString();
      client.cut();
    }
    try (LiveClient again =
        begin(SEEDED + ",\"sessionResumption\":{\"handle\":\"" + handle + "\"}")) {
      assertThat(prompt(again.ask("Which number?"))).isGreaterThan(asked + 12);
    }
  }

  @Test
  void anUnknownHandleEndsTheSession() {
    try (LiveClient client =
        new LiveClient(server.url(), LiveClient.PATH + "BidiGenerateContent")) {
      client.send(
          "{\"setup\":{\"model\":\"models/hf\",\"sessionResumption\":{\"handle\":\"guess\"}}}");
      assertThat(client.closed())
          .isEqualTo(
              new LiveClient.Closed(
                  1008,
                  "Session not found: the handle is unknown or has expired. Start a new session."));
    }
  }

  @Test
  void aLongConversationForgetsItsOldestTurns() {
    try (LiveClient client =
        begin(
            SEEDED
                + ",\"contextWindowCompression\":{\"triggerTokens\":\"120\",\"slidingWindow\":{\"targetTokens\":\"60\"}}")) {
      for (int i = 0; i < 12; i++) {
        List<JsonNode> turn = client.ask("This is turn number " + i);
        assertThat(prompt(turn)).isLessThanOrEqualTo(120);
      }
    }
  }

  @Test
  void withoutCompressionAConversationEndsWithTheContext() {
    try (LiveClient client = begin(SEEDED)) {
      client.send(LiveClient.turn("word ".repeat(600)));
      LiveClient.Closed closed = client.closed();
      assertThat(closed.code()).isEqualTo(1007);
      assertThat(closed.reason()).contains("512");
    }
  }

  @Test
  void vertexPathAndDoubledSlashesWork() {
    for (String path :
        List.of(
            "/ws/google.cloud.aiplatform.v1beta1.LlmBidiService/BidiGenerateContent",
            "//ws/google.ai.generativelanguage.v1.GenerativeService.BidiGenerateContent?key=any")) {
      try (LiveClient client = new LiveClient(server.url(), path)) {
        client.send(
            "{\"setup\":{\"model\":\"projects/p/locations/l/publishers/google/models/hf\",%s}}"
                .formatted(SEEDED));
        assertThat(client.next().has("setupComplete")).isTrue();
        assertThat(LiveClient.said(client.ask("Hello"))).isNotEmpty();
      }
    }
  }
}
