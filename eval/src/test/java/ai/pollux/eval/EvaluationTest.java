package ai.pollux.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class EvaluationTest {
  /** Sums of small numbers, in two tasks. */
  private record Sums(int size) implements Benchmark {
    @Override
    public String name() {
      return "sums";
    }

    @Override
    public Question question(int index) {
      String expected = Integer.toString(index + 1);
      return Question.inWords(
          "sum-" + index,
          index % 2 == 0 ? "even" : "odd",
          Conversation.ask(index + "+1"),
          expected,
          expected::equals);
    }
  }

  private static String asked(JsonNode request) {
    return request.path("contents").path(0).path("parts").path(0).path("text").asString();
  }

  private static String solve(JsonNode request) {
    return FakeGemini.text(Integer.toString(Integer.parseInt(asked(request).split("\\+")[0]) + 1));
  }

  @Test
  void countsRightAnswersByTask() throws Exception {
    try (FakeGemini server =
            new FakeGemini(
                0,
                request ->
                    asked(request).equals("6+1") ? FakeGemini.text("seven?") : solve(request));
        GeminiClient client = server.client()) {
      List<String> progress = new ArrayList<>();
      Report report =
          new Evaluation(client, "fake", 4, 16)
              .run(new Sums(20), 10, (done, right, all) -> progress.add(done + "/" + all));
      assertThat(report.tasks())
          .containsExactly(new TaskScore("even", 5, 4, 0), new TaskScore("odd", 5, 5, 0));
      assertThat(report.total()).isEqualTo(new TaskScore("all", 10, 9, 0));
      assertThat(report.mistakes())
          .containsExactly(new Mistake("sum-6", "even", "6+1", "7", "seven?"));
      assertThat(progress).hasSize(10).endsWith("10/10");
      assertThat(ReportText.of(report))
          .contains("sums, fake")
          .containsPattern("even +80\\.00 %")
          .containsPattern("all +90\\.00 %.*9 of 10");
    }
  }

  @Test
  void asksABusyServerAgain() throws Exception {
    try (FakeGemini server = new FakeGemini(3, EvaluationTest::solve);
        GeminiClient client = server.client()) {
      Report report = new Evaluation(client, "fake", 1, 16).run(new Sums(1), 1, (a, b, c) -> {});
      assertThat(report.total().right()).isEqualTo(1);
      assertThat(server.requests).hasValue(4);
    }
  }

  @Test
  void saysAtOnceThatThereIsNoServer() throws Exception {
    try (GeminiClient client =
        new GeminiClient(
            URI.create("http://127.0.0.1:9"), "gemini-pro", Optional.empty(), Duration.ZERO)) {
      assertThatThrownBy(
              () -> new Evaluation(client, "none", 2, 16).run(new Sums(50), 50, (a, b, c) -> {}))
          .isInstanceOf(ServiceException.class)
          .hasMessageContaining("http://127.0.0.1:9")
          .hasMessageContaining("cannot be reached");
    }
  }

  @Test
  void aRefusalCountsAsWrongAndIsTold() throws Exception {
    try (FakeGemini server = new FakeGemini(0, EvaluationTest::solve);
        GeminiClient client = server.client();
        GeminiClient busy = new FakeGemini(99, EvaluationTest::solve).client()) {
      assertThatThrownBy(() -> busy.answer(Conversation.ask("1+1"), 4))
          .hasMessageContaining("answered 429: slow down");
      assertThat(client.answer(Conversation.ask("1+1"), 4)).containsExactly(new Part.Text("2"));
    }
  }

  @Test
  void sendsMediaToolsAndLimitsAsTheApiWantsThem() throws Exception {
    AtomicReference<JsonNode> seen = new AtomicReference<>();
    try (FakeGemini server =
            new FakeGemini(
                0,
                request -> {
                  seen.set(request);
                  return """
                  {"candidates": [{"content": {"parts": [
                    {"text": "hm", "thought": true},
                    {"functionCall": {"name": "add", "args": {"a": 1}}}]}}]}\
                  """;
                });
        GeminiClient client = server.client()) {
      Conversation conversation =
          new Conversation(
              List.of(new Part.Text("Be brief.")),
              List.of(
                  new Turn(
                      Turn.Role.USER,
                      List.of(
                          new Part.Image(new Media("image/png", new byte[] {1, 2, 3})),
                          new Part.Text("What?")))),
              List.of(
                  new ToolDeclaration(
                      "add", "adds", (Json.Obj) Json.parse("{\"type\": \"object\"}"))));
      assertThat(client.answer(conversation, 7))
          .containsExactly(
              new Part.Thought("hm"), new Part.ToolCall("", "add", Json.parse("{\"a\": 1}")));
    }
    JsonNode request = seen.get();
    assertThat(request.at("/systemInstruction/parts/0/text").asString()).isEqualTo("Be brief.");
    assertThat(request.at("/contents/0/parts/0/inlineData/data").asString()).isEqualTo("AQID");
    assertThat(request.at("/tools/0/functionDeclarations/0/name").asString()).isEqualTo("add");
    assertThat(request.at("/generationConfig/maxOutputTokens").asInt()).isEqualTo(7);
    assertThat(request.at("/generationConfig/temperature").asDouble()).isZero();
  }

  @Test
  void wilsonsIntervalIsThatOfTheTables() {
    // Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263 gives 0.2553 to 0.3662.
    TaskScore score = new TaskScore("t", 263, 81, 0);
    assertThat(score.low()).isCloseTo(0.2553, within(5e-5));
    assertThat(score.high()).isCloseTo(0.3662, within(5e-5));
    assertThat(new TaskScore("t", 10, 10, 0).high()).isCloseTo(1, within(1e-12));
    assertThat(new TaskScore("t", 0, 0, 0).accuracy()).isZero();
  }

  @Test
  void digitsAreReadAsFiguresAndWords() throws IOException {
    assertThat(Digits.only("7")).isEqualTo("7");
    assertThat(Digits.only("It is a seven.")).isEqualTo("7");
    assertThat(Digits.only("4 2")).isEqualTo("42");
    assertThat(Digits.only("none")).isEmpty();
  }
}
