package ai.pollux.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.AnswerEvent.TokenScore;
import ai.pollux.assistant.PromptTokens;
import ai.pollux.assistant.Usage;
import ai.pollux.assistant.media.Modality;
import ai.pollux.content.Json;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.server.gemini.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class ResponsesAnswerTest {
  private static final Usage USAGE =
      new Usage(new PromptTokens(10, Map.of(Modality.TEXT, 10)), 4, 3, 5);
  private static final List<AnswerEvent> EVENTS =
      List.of(
          said(new Part.Thought("hm")),
          said(new Part.Text("Hel")),
          said(new Part.Text("lo")),
          said(new Part.ToolCall("c", "stop", Json.Obj.EMPTY)),
          new AnswerEvent.Ended(0, EndReason.STOP));

  @Test
  void aStreamTellsEveryItemFromBeginningToEnd() {
    List<JsonNode> events = streamed("\"reasoning\":{\"summary\":\"auto\"}", EVENTS);
    assertThat(events)
        .extracting(event -> event.path("type").asString())
        .containsExactly(
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.reasoning_summary_part.added",
            "response.reasoning_summary_text.delta",
            "response.reasoning_summary_text.done",
            "response.reasoning_summary_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.output_item.added",
            "response.function_call_arguments.delta",
            "response.function_call_arguments.done",
            "response.output_item.done",
            "response.completed");
    for (int i = 0; i < events.size(); i++) {
      assertThat(events.get(i).path("sequence_number").asInt()).isEqualTo(i);
    }
    assertThat(events.get(10).path("output_index").asInt()).isOne();
    assertThat(events.get(10).path("item_id")).isEqualTo(events.get(8).path("item").path("id"));
    assertThat(events.get(12).path("text").asString()).isEqualTo("Hello");
    // No member of the top is called error: clients would take the event for one.
    assertThat(events).noneMatch(event -> event.has("error"));
  }

  @Test
  void theWholeResponseIsWhatTheStreamEndsWith() {
    String members = "\"reasoning\":{\"summary\":\"auto\"},\"instructions\":\"Be brief.\"";
    JsonNode streamed = streamed(members, EVENTS).getLast().path("response");
    assertThat(whole(members, EVENTS)).isEqualTo(streamed);
    assertThat(streamed.path("status").asString()).isEqualTo("completed");
    assertThat(streamed.path("instructions").asString()).isEqualTo("Be brief.");
    assertThat(streamed.path("error").isNull()).isTrue();
    assertThat(streamed.path("output").toString())
        .isEqualTo(
            "[{\"type\":\"reasoning\",\"id\":\"rs_2\",\"status\":\"completed\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}]},"
                + "{\"type\":\"message\",\"id\":\"msg_3\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"Hello\",\"annotations\":[],\"logprobs\":[]}]},"
                + "{\"type\":\"function_call\",\"id\":\"fc_4\",\"status\":\"completed\",\"call_id\":\"c\",\"name\":\"stop\",\"arguments\":\"{}\"}]");
    assertThat(streamed.path("usage").toString())
        .isEqualTo(
            "{\"input_tokens\":10,\"input_tokens_details\":{\"cached_tokens\":4,\"cache_write_tokens\":0},\"output_tokens\":8,"
                + "\"output_tokens_details\":{\"reasoning_tokens\":5},\"total_tokens\":18}");
  }

  @Test
  void thoughtsAreHiddenUnlessASummaryIsAskedFor() {
    assertThat(whole("\"store\":true", EVENTS).path("output"))
        .extracting(item -> item.path("type").asString())
        .containsExactly("message", "function_call");
  }

  @Test
  void anAnswerThatFillsItsRoomIsIncomplete() {
    JsonNode last =
        streamed(
                "\"max_output_tokens\":1",
                List.of(said(new Part.Text("x")), new AnswerEvent.Ended(0, EndReason.MAX_TOKENS)))
            .getLast();
    assertThat(last.path("type").asString()).isEqualTo("response.incomplete");
    assertThat(last.path("response").path("incomplete_details").path("reason").asString())
        .isEqualTo("max_output_tokens");
    assertThat(last.path("response").path("output").path(0).path("status").asString())
        .isEqualTo("incomplete");
  }

  @Test
  void onlyOneCallIsGivenOutWhereOnlyOneIsWanted() {
    AnswerEvent call = said(new Part.ToolCall("", "stop", Json.Obj.EMPTY));
    List<AnswerEvent> events = List.of(call, call, new AnswerEvent.Ended(0, EndReason.STOP));
    assertThat(whole("\"parallel_tool_calls\":false", events).path("output").size()).isOne();
    assertThat(whole("\"parallel_tool_calls\":true", events).path("output").size()).isEqualTo(2);
  }

  @Test
  void logprobsStandBesideTheirText() {
    AnswerEvent scored =
        new AnswerEvent.Said(
            0, List.of(new Part.Text("x")), List.of(new TokenScore("x", 1, -2, List.of())));
    List<AnswerEvent> events = List.of(scored, new AnswerEvent.Ended(0, EndReason.STOP));
    String asked = "\"include\":[\"message.output_text.logprobs\"]";
    assertThat(
            whole(asked, events)
                .path("output")
                .path(0)
                .path("content")
                .path(0)
                .path("logprobs")
                .path(0)
                .path("logprob")
                .asDouble())
        .isEqualTo(-2);
    assertThat(streamed(asked, events).get(4).path("logprobs").size()).isOne();
  }

  @Test
  void aStreamThatFailsTellsItTwice() {
    List<JsonNode> told =
        parse(
            answer("\"store\":false")
                .fail(new ApiException(ApiException.Status.INTERNAL, "broken")));
    assertThat(told.getFirst().path("type").asString()).isEqualTo("error");
    assertThat(told.getFirst().path("message").asString()).isEqualTo("broken");
    assertThat(told.getLast().path("response").path("status").asString()).isEqualTo("failed");
  }

  private static AnswerEvent said(Part part) {
    return new AnswerEvent.Said(0, List.of(part), List.of());
  }

  private static JsonNode whole(String members, List<AnswerEvent> events) {
    return JsonMapper.shared().readTree(OpenAiJson.write(answer(members).response(events, USAGE)));
  }

  private static List<JsonNode> streamed(String members, List<AnswerEvent> events) {
    ResponsesAnswer answer = answer(members);
    List<AnswerStream.Message> messages = new ArrayList<>(answer.begin());
    events.forEach(event -> messages.addAll(answer.push(event)));
    messages.addAll(answer.end(USAGE));
    return parse(messages);
  }

  private static List<JsonNode> parse(List<AnswerStream.Message> messages) {
    return messages.stream().map(message -> JsonMapper.shared().readTree(message.data())).toList();
  }

  private static ResponsesAnswer answer(String members) {
    AtomicInteger ids = new AtomicInteger();
    byte[] body = ("{\"input\":\"Hi\"," + members + "}").getBytes(StandardCharsets.UTF_8);
    ResponsesRequest request = OpenAiJson.read(body, ResponsesRequest.class);
    return new ResponsesAnswer(
        request,
        ResponsesMapping.answer(
            request, (uri, type, place) -> new Media("", new byte[0]), Sampling.of(1)),
        "m",
        7,
        () -> Integer.toString(ids.incrementAndGet()));
  }
}
