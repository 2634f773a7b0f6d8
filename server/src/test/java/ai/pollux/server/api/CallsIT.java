package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Function calls that a Gemma 4 with random weights is held to. */
final class CallsIT {
  private static final String GENERATE = "/v1beta/models/hf:generateContent";
  private static final String TOOLS =
      """
      "tools":[{"functionDeclarations":[
       {"name":"weather","parameters":{"type":"OBJECT","required":["city","days"],"properties":{
        "city":{"type":"STRING","maxLength":"12"},"days":{"type":"INTEGER","minimum":1,"maximum":9},
        "unit":{"type":"STRING","enum":["C","F"]}}}},
       {"name":"stop"},
       {"name":"mail.send","parametersJsonSchema":{"type":"object","properties":{"to":{"type":"array","items":{"type":"string","maxLength":6},"minItems":1,"maxItems":2}},"required":["to"],"additionalProperties":false}}]}]
      """;

  private static RunningServer server;
  private static Api api;

  @BeforeAll
  static void start() {
    server = RunningServer.gemma();
    api = new Api(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void modeAnyGivesNothingButCallsOfItsSchemas() throws Exception {
    for (int seed = 0; seed < 8; seed++) {
      JsonNode answer = post("ANY", "", "\"seed\":" + seed + ",\"maxOutputTokens\":120");
      List<JsonNode> calls = calls(answer);
      assertThat(calls).isNotEmpty().hasSameSizeAs(parts(answer));
      calls.forEach(CallsIT::assertKeepsToItsSchema);
    }
  }

  @Test
  void onlyAllowedFunctionsAreCalled() throws Exception {
    for (int seed = 0; seed < 5; seed++) {
      JsonNode answer =
          post(
              "ANY",
              ",\"allowedFunctionNames\":[\"weather\",\"stop\"]",
              "\"seed\":" + seed + ",\"maxOutputTokens\":90");
      assertThat(calls(answer)).isNotEmpty();
      calls(answer)
          .forEach(call -> assertThat(call.path("name").asString()).isIn("weather", "stop"));
    }
  }

  @Test
  void anAnswerThatEndsByItselfSaysThatItCalled() throws Exception {
    String allowed = ",\"allowedFunctionNames\":[\"stop\"]";
    JsonNode answer = post("ANY", allowed, "\"temperature\":2,\"seed\":1,\"maxOutputTokens\":200");
    assertThat(answer.path("candidates").path(0).path("finishReason").asString()).isEqualTo("STOP");
    assertThat(answer.path("candidates").path(0).path("finishMessage").asString())
        .isEqualTo("Model generated function call(s).");
  }

  @Test
  void modeValidatedLeavesTheChoiceButNotTheForm() throws Exception {
    int texts = 0;
    for (int seed = 0; seed < 6; seed++) {
      JsonNode answer =
          post("VALIDATED", "", "\"temperature\":2,\"seed\":" + seed + ",\"maxOutputTokens\":80");
      texts += (int) parts(answer).stream().filter(part -> part.has("text")).count();
      calls(answer).forEach(CallsIT::assertKeepsToItsSchema);
      assertThat(answer.path("candidates").path(0).path("finishReason").asString())
          .isIn("STOP", "MAX_TOKENS");
    }
    assertThat(texts).isPositive();
  }

  @Test
  void thoughtsAreFreeAndWhatFollowsIsNot() throws Exception {
    boolean hasThoughts = false;
    for (int seed = 0; seed < 40 && !hasThoughts; seed++) {
      String config =
          "\"responseMimeType\":\"application/json\",\"responseSchema\":{\"type\":\"BOOLEAN\"},\"temperature\":2,\"seed\":%d,\"maxOutputTokens\":60,\"thinkingConfig\":{\"thinkingBudget\":-1,\"includeThoughts\":true}"
              .formatted(seed);
      Reply reply = api.post(GENERATE, Api.request("Is it?", config));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      JsonNode last = parts(reply.json()).getLast();
      assertThat(last.path("text").asString()).as(reply.body()).isIn("true", "false");
      assertThat(last.path("thought").asBoolean(false)).isFalse();
      hasThoughts = parts(reply.json()).size() == 2;
    }
    assertThat(hasThoughts).isTrue();
  }

  private static void assertKeepsToItsSchema(JsonNode call) {
    JsonNode args = call.path("args");
    switch (call.path("name").asString()) {
      case "weather" -> {
        assertThat(args.path("city").isString()).as(call.toString()).isTrue();
        assertThat(args.path("days").asInt()).isBetween(1, 9);
        assertThat(args.path("unit").asString("C")).isIn("C", "F");
      }
      case "stop" -> assertThat(args.isEmpty()).isTrue();
      case "mail.send" -> assertThat(args.path("to").size()).isBetween(1, 2);
      default -> throw new AssertionError(call.toString());
    }
  }

  private static JsonNode post(String mode, String allowed, String config) throws Exception {
    String body =
        "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]}],%s,\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"%s\"%s}},\"generationConfig\":{%s}}"
            .formatted(TOOLS, mode, allowed, config);
    Reply reply = api.post(GENERATE, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return reply.json();
  }

  private static List<JsonNode> parts(JsonNode answer) {
    return answer.path("candidates").path(0).path("content").path("parts").valueStream().toList();
  }

  private static List<JsonNode> calls(JsonNode answer) {
    List<JsonNode> calls = new ArrayList<>();
    parts(answer).stream()
        .filter(part -> part.has("functionCall"))
        .forEach(part -> calls.add(part.path("functionCall")));
    return calls;
  }
}
