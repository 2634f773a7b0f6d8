package ai.pollux.server.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.assistant.AnswerEvent;
import ai.pollux.assistant.AnswerEvent.EndReason;
import ai.pollux.assistant.PromptTokens;
import ai.pollux.assistant.Usage;
import ai.pollux.assistant.media.Modality;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.AnswerStream.Message;
import ai.pollux.server.openai.OpenAiJson;
import ai.pollux.server.state.StoredInteraction.Status;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class InteractionAnswerTest {
  private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
  private static final Usage USAGE =
      new Usage(new PromptTokens(10, Map.of(Modality.TEXT, 10)), 4, 3, 5);
  private static final List<AnswerEvent> EVENTS =
      List.of(
          said(new Part.Thought("hm")),
          said(new Part.Text("Hel")),
          said(new Part.Text("lo")),
          said(new Part.ToolCall("", "stop", Json.object("now", Json.of("yes")))),
          new AnswerEvent.Ended(0, EndReason.STOP));
  private static final String THOUGHTS = ",\"generation_config\":{\"thinking_summaries\":\"auto\"}";

  private final List<Interaction> kept = new ArrayList<>();

  @Test
  void aStreamTellsEveryStepFromBeginningToEnd() {
    List<Message> messages = streamed(answer(THOUGHTS));
    assertThat(messages.getLast().text()).isEqualTo("data: [DONE]\n\n");
    List<JsonNode> events = events(messages);
    assertThat(events)
        .extracting(event -> event.path("event_type").asString())
        .containsExactly(
            "interaction.created",
            "interaction.status_update",
            "step.start",
            "step.delta",
            "step.stop",
            "step.start",
            "step.delta",
            "step.delta",
            "step.stop",
            "step.start",
            "step.delta",
            "step.stop",
            "interaction.completed");
    assertThat(events)
        .extracting(event -> event.path("event_id").asString())
        .doesNotHaveDuplicates();
    assertThat(events.get(3).path("delta").path("type").asString()).isEqualTo("thought_summary");
    assertThat(events.get(7).path("delta").path("text").asString()).isEqualTo("lo");
    assertThat(events.get(7).path("index").asInt()).isOne();
    assertThat(events.get(10).path("delta").path("arguments").asString())
        .isEqualTo("{\"now\":\"yes\"}");
    assertThat(events.getLast().path("interaction").path("status").asString())
        .isEqualTo("requires_action");
    assertThat(kept).singleElement().matches(whole -> whole.said().size() == 3);
  }

  @Test
  void aStreamIsTakenUpAfterAnyEvent() {
    List<Message> messages = streamed(answer(THOUGHTS));
    List<JsonNode> events = events(messages);
    String all = told(events);
    for (int i = 0; i < events.size(); i++) {
      List<JsonNode> rest =
          events(
              InteractionEvents.after(events.get(i).path("event_id").asString())
                  .advance(kept.getFirst()));
      assertThat(told(events.subList(0, i + 1)) + told(rest)).isEqualTo(all);
      assertThat(rest.isEmpty()).isEqualTo(i == events.size() - 1);
    }
    assertThatThrownBy(() -> InteractionEvents.after("yesterday"))
        .hasMessage(
            "last_event_id: expected the event_id of an event of this interaction, found \"yesterday\".");
  }

  @Test
  void theWholeOfItHasTextAndCounts() {
    Interaction whole = answer("").whole(EVENTS, USAGE);
    assertThat(whole.said()).as("thoughts are not shown").hasSize(2);
    assertThat(whole.outputText()).isEqualTo("Hello");
    JsonNode usage = JsonMapper.shared().readTree(whole.json()).path("usage");
    assertThat(usage.path("total_input_tokens").asInt()).isEqualTo(10);
    assertThat(usage.path("total_output_tokens").asInt()).isEqualTo(3);
    assertThat(usage.path("total_thought_tokens").asInt()).isEqualTo(5);
    assertThat(usage.path("total_cached_tokens").asInt()).isEqualTo(4);
    assertThat(usage.path("total_tokens").asInt()).isEqualTo(18);
    assertThat(Interaction.parse(whole.json()).json()).isEqualTo(whole.json());
  }

  @Test
  void whatHadNoRoomIsIncomplete() {
    List<AnswerEvent> cut =
        List.of(said(new Part.Text("Hel")), new AnswerEvent.Ended(0, EndReason.MAX_TOKENS));
    assertThat(answer("").whole(cut, USAGE).state()).isEqualTo(Status.INCOMPLETE);
  }

  @Test
  void whatFailsOrIsLeftIsKeptAsSuch() {
    InteractionAnswer failing = answer("");
    assertThat(failing.begin()).hasSize(2);
    List<JsonNode> last =
        events(failing.fail(new ApiException(ApiException.Status.UNAVAILABLE, "No more.")));
    assertThat(last.getLast().path("event_type").asString()).isEqualTo("error");
    assertThat(last.getLast().path("error").path("code").asString()).isEqualTo("unavailable");
    assertThat(kept.getLast().state()).isEqualTo(Status.FAILED);
    failing.abandon();
    InteractionAnswer untold = answer("");
    untold.abandon();
    assertThat(kept).as("ended once; never begun").hasSize(1);
    InteractionAnswer left = answer("");
    assertThat(left.begin()).hasSize(2);
    assertThat(left.push(EVENTS.get(1))).hasSize(2);
    left.abandon();
    assertThat(kept.getLast().state()).isEqualTo(Status.CANCELLED);
    assertThat(kept.getLast().outputText()).isEqualTo("Hel");
  }

  /** All that events say, as one text. */
  private static String told(List<JsonNode> events) {
    StringBuilder told = new StringBuilder();
    for (JsonNode event : events) {
      String type = event.path("event_type").asString();
      JsonNode delta = event.path("delta");
      if (type.equals("step.delta")) {
        told.append(delta.path("text").asString(""))
            .append(delta.path("arguments").asString(""))
            .append(delta.path("content").path("text").asString(""));
      } else {
        told.append('<').append(type).append('>');
      }
    }
    return told.toString();
  }

  private static List<Message> streamed(InteractionAnswer answer) {
    List<Message> messages = new ArrayList<>(answer.begin());
    EVENTS.forEach(event -> messages.addAll(answer.push(event)));
    messages.addAll(answer.end(USAGE));
    return messages;
  }

  private static List<JsonNode> events(List<Message> messages) {
    return messages.stream()
        .filter(message -> !message.equals(InteractionEvents.DONE))
        .map(message -> JsonMapper.shared().readTree(message.data()))
        .toList();
  }

  private InteractionAnswer answer(String members) {
    InteractionRequest request =
        OpenAiJson.read(
            ("{\"model\":\"m\",\"input\":\"Hi\"" + members + "}").getBytes(StandardCharsets.UTF_8),
            InteractionRequest.class);
    Interaction begun = Interaction.begin("i", request, "m", NOW);
    InteractionDraft draft =
        new InteractionDraft(begun, request, Clock.fixed(NOW, ZoneOffset.UTC), () -> "1");
    return new InteractionAnswer(draft, kept::add);
  }

  private static AnswerEvent said(Part part) {
    return new AnswerEvent.Said(0, List.of(part), List.of());
  }
}
