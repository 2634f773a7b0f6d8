package ai.pollux.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.AnswerEvent.TokenScore;
import ai.pollux.assistant.PromptTokens;
import ai.pollux.assistant.Usage;
import ai.pollux.assistant.media.Modality;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.server.gemini.ApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ChatAnswerTest {
  private static final Usage USAGE =
      new Usage(new PromptTokens(10, Map.of(Modality.TEXT, 8, Modality.AUDIO, 2)), 4, 3, 5);
  private static final Part CALL =
      new Part.ToolCall("", "weather", Json.object("city", Json.of("Ulm")));
  private static final String SHOWN =
      "\"google\":{\"thinking_config\":{\"include_thoughts\":true}%s}";

  @Test
  void aMessageHasItsTextItsEndAndItsTokens() {
    assertThat(
            whole("", said(new Part.Text("Hel")), said(new Part.Text("lo")), ended(EndReason.STOP)))
        .isEqualTo(
            "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":7,\"model\":\"m\",\"choices\":["
                + "{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\",\"refusal\":null},\"logprobs\":null,\"finish_reason\":\"stop\"}],"
                + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":8,\"total_tokens\":18,"
                + "\"prompt_tokens_details\":{\"cached_tokens\":4,\"audio_tokens\":2},\"completion_tokens_details\":{\"reasoning_tokens\":5}}}");
  }

  @Test
  void callsAreToolCallsAndHaveIds() {
    assertThat(whole("", said(CALL), said(CALL), ended(EndReason.STOP)))
        .contains(
            "\"message\":{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":["
                + "{\"id\":\"call_2\",\"type\":\"function\",\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Ulm\\\"}\"}},"
                + "{\"id\":\"call_3\",")
        .contains("\"finish_reason\":\"tool_calls\"");
    assertThat(
            whole("\"parallel_tool_calls\":false", said(CALL), said(CALL), ended(EndReason.STOP)))
        .contains("call_2")
        .doesNotContain("call_3");
  }

  @Test
  void theOldWordsForFunctionsAreAnsweredInKind() {
    assertThat(whole("\"functions\":[]", said(CALL), ended(EndReason.STOP)))
        .contains("\"function_call\":{\"name\":\"weather\",\"arguments\":")
        .contains("\"finish_reason\":\"function_call\"")
        .doesNotContain("tool_calls");
    assertThat(streamed("\"functions\":[]", said(CALL), ended(EndReason.STOP)).get(1))
        .contains("\"delta\":{\"function_call\":{\"name\":\"weather\"");
  }

  @Test
  void everyEndHasItsReason() {
    assertThat(whole("", said(new Part.Text("x")), ended(EndReason.MAX_TOKENS)))
        .contains("\"finish_reason\":\"length\"");
    assertThat(whole("", said(new Part.Text("x")), ended(EndReason.MALFORMED_CALL)))
        .contains("\"finish_reason\":\"stop\"");
    assertThatThrownBy(() -> whole("", said(new Part.Text("x")), ended(EndReason.CANCELLED)))
        .isInstanceOf(ApiException.class)
        .hasMessage("The model was closed before its answer was whole.");
  }

  @Test
  void thoughtsAreHiddenApartOrInATag() {
    AnswerEvent[] events = {
      said(new Part.Thought("h")),
      said(new Part.Thought("m")),
      said(new Part.Text("Yes.")),
      ended(EndReason.STOP)
    };
    assertThat(whole("", events)).contains("\"content\":\"Yes.\"").doesNotContain("reasoning_c");
    assertThat(whole(SHOWN.formatted(""), events))
        .contains("\"content\":\"Yes.\"")
        .contains("\"reasoning_content\":\"hm\"");
    String tagged = SHOWN.formatted(",\"thought_tag_marker\":\"t\"");
    assertThat(whole(tagged, events)).contains("\"content\":\"<t>hm</t>Yes.\"");
    assertThat(String.join("", streamed(tagged, events)))
        .contains("\"content\":\"<t>h\"")
        .contains("\"content\":\"m\"")
        .contains("\"content\":\"</t>Yes.\"");
    assertThat(whole(tagged, said(new Part.Thought("h")), ended(EndReason.MAX_TOKENS)))
        .contains("\"content\":\"<t>h</t>\"");
  }

  @Test
  void aStreamBeginsWithTheRoleAndEndsWithDone() {
    assertThat(
            streamed(
                "\"stream_options\":{\"include_usage\":true}",
                said(new Part.Text("Hi")),
                said(CALL),
                said(CALL),
                ended(EndReason.STOP)))
        .satisfiesExactly(
            role ->
                assertThat(role)
                    .isEqualTo(
                        "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":7,\"model\":\"m\",\"choices\":["
                            + "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"logprobs\":null,\"finish_reason\":null}]}\n\n"),
            text -> assertThat(text).contains("\"delta\":{\"content\":\"Hi\"}"),
            call -> assertThat(call).contains("\"tool_calls\":[{\"index\":0,\"id\":\"call_2\""),
            next -> assertThat(next).contains("\"tool_calls\":[{\"index\":1,\"id\":\"call_3\""),
            end ->
                assertThat(end)
                    .contains("\"delta\":{},\"logprobs\":null,\"finish_reason\":\"tool_calls\""),
            usage -> assertThat(usage).contains("\"choices\":[],\"usage\":{\"prompt_tokens\":10,"),
            done -> assertThat(done).isEqualTo("data: [DONE]\n\n"));
    assertThat(String.join("", streamed("", ended(EndReason.STOP)))).doesNotContain("usage");
  }

  @Test
  void aStreamThatFailsEndsWithTheError() {
    AnswerStream stream = answer("").stream();
    assertThat(stream.fail(new ApiException(ApiException.Status.INTERNAL, "broken")))
        .extracting(AnswerStream.Message::text)
        .containsExactly(
            "data: {\"error\":{\"message\":\"broken\",\"type\":\"server_error\",\"param\":null,\"code\":null}}\n\n");
  }

  @Test
  void candidatesAreTold() {
    AnswerEvent second = new AnswerEvent.Said(1, List.of(new Part.Text("b")), List.of());
    AnswerEvent end = new AnswerEvent.Ended(1, EndReason.MAX_TOKENS);
    assertThat(whole("", said(new Part.Text("a")), second, end, ended(EndReason.STOP)))
        .contains("{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"a\"")
        .contains("{\"index\":1,\"message\":{\"role\":\"assistant\",\"content\":\"b\"");
  }

  @Test
  void logprobsHaveTheBytesOfTheirTokens() {
    TokenScore best = new TokenScore("ü", 5, -0.5, List.of());
    TokenScore piece = new TokenScore("\uFFFD", 6, -1, List.of(best));
    AnswerEvent scored = new AnswerEvent.Said(0, List.of(new Part.Text("x")), List.of(piece, best));
    assertThat(whole("\"logprobs\":true", scored, ended(EndReason.STOP)))
        .contains(
            "\"logprobs\":{\"content\":[{\"token\":\"\uFFFD\",\"logprob\":-1.0,\"bytes\":null,\"top_logprobs\":"
                + "[{\"token\":\"ü\",\"logprob\":-0.5,\"bytes\":[195,188]}]},"
                + "{\"token\":\"ü\",\"logprob\":-0.5,\"bytes\":[195,188],\"top_logprobs\":[]}]}");
  }

  private static AnswerEvent said(Part part) {
    return new AnswerEvent.Said(0, List.of(part), List.of());
  }

  private static AnswerEvent ended(EndReason reason) {
    return new AnswerEvent.Ended(0, reason);
  }

  private static String whole(String members, AnswerEvent... events) {
    return OpenAiJson.write(answer(members).completion(List.of(events), USAGE));
  }

  private static List<String> streamed(String members, AnswerEvent... events) {
    AnswerStream stream = answer(members).stream();
    List<AnswerStream.Message> messages = new ArrayList<>(stream.begin());
    for (AnswerEvent event : events) {
      messages.addAll(stream.push(event));
    }
    messages.addAll(stream.end(USAGE));
    return messages.stream().map(AnswerStream.Message::text).toList();
  }

  private static ChatAnswer answer(String members) {
    AtomicInteger ids = new AtomicInteger();
    byte[] body = ("{" + members + "}").getBytes(StandardCharsets.UTF_8);
    return new ChatAnswer(
        OpenAiJson.read(body, ChatRequest.class),
        "m",
        7,
        () -> Integer.toString(ids.incrementAndGet()));
  }
}
