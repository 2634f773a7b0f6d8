package ai.pollux.server.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Prompt;
import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Media;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.engine.sample.Sampling;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResponsesMappingTest {
  @Test
  void aTextIsWhatTheUserSays() {
    Conversation conversation =
        conversation("\"input\":\"Hi\",\"instructions\":\"Be brief.\",\"store\":true");
    assertThat(conversation.turns()).containsExactly(Turn.user("Hi"));
    assertThat(conversation.system()).containsExactly(new Part.Text("Be brief."));
  }

  @Test
  void itemsOfTheModelInARowAreOneTurn() {
    Conversation conversation =
        conversation(
            """
            "input":[{"role":"developer","content":"Be brief."},
             {"role":"user","content":[{"type":"input_text","text":"Hi"},{"type":"input_image","image_url":"data:x"}]},
             {"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}]},
             {"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Let me see."}]},
             {"type":"function_call","id":"fc_1","call_id":"c","name":"weather","arguments":"{\\"city\\":\\"Ulm\\"}"},
             {"type":"function_call_output","call_id":"c","output":"rain"}]
            """);
    assertThat(conversation.system()).containsExactly(new Part.Text("Be brief."));
    assertThat(conversation.turns().getFirst().parts().getLast()).isInstanceOf(Part.Image.class);
    assertThat(conversation.turns().subList(1, 3))
        .containsExactly(
            new Turn(
                Turn.Role.MODEL,
                List.of(
                    new Part.Thought("hm"),
                    new Part.Text("Let me see."),
                    new Part.ToolCall("c", "weather", Json.object("city", Json.of("Ulm"))))),
            Turn.tool(new Part.ToolResult("c", "weather", Json.of("rain"))));
  }

  @Test
  void settingsAreTakenOver() {
    AnswerRequest request =
        map(
            "\"input\":\"Hi\",\"temperature\":0.5,\"top_p\":0.9,\"max_output_tokens\":7,\"reasoning\":{\"effort\":\"low\"},"
                + "\"include\":[\"message.output_text.logprobs\"],\"top_logprobs\":2,"
                + "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"x\",\"schema\":{\"type\":\"integer\"}}}");
    assertThat(request.sampling()).isEqualTo(Sampling.of(0.5f).withTopP(0.9f).withLogprobs(2));
    assertThat(request.maxTokens()).hasValue(7);
    assertThat(((Prompt.Chat) request.prompt()).thinking()).isTrue();
    assertThat(request.shape())
        .isEqualTo(
            new AnswerShape.Schema(Json.object("type", Json.of("integer")), "text.format.schema"));
  }

  @Test
  void toolsLieFlat() {
    AnswerRequest request =
        map(
            "\"input\":\"Hi\",\"tools\":[{\"type\":\"function\",\"name\":\"weather\",\"parameters\":{\"type\":\"object\","
                + "\"properties\":{\"city\":{\"type\":\"string\"}}},\"strict\":true}],\"tool_choice\":{\"type\":\"function\",\"name\":\"weather\"}");
    assertThat(request.shape())
        .isInstanceOfSatisfying(
            AnswerShape.Calls.class,
            calls -> assertThat(calls.tools().getFirst().name()).isEqualTo("weather"));
  }

  @Test
  void whatNeedsAMemoryIsRefused() {
    String kept =
        " is not supported: this server keeps no responses. Send the whole conversation as input.";
    assertRefused(
        "\"input\":\"Hi\",\"previous_response_id\":\"resp_1\"", "previous_response_id" + kept);
    assertRefused("\"input\":\"Hi\",\"conversation\":\"conv_1\"", "conversation" + kept);
    assertRefused("\"input\":\"Hi\",\"prompt\":{\"id\":\"p\"}", "prompt" + kept);
    assertRefused("\"input\":\"Hi\",\"background\":true", "background" + kept);
    assertThat(map("\"input\":\"Hi\",\"previous_response_id\":null").candidates()).isOne();
  }

  @Test
  void mistakesAreToldWithTheirMember() {
    assertRefused("\"store\":false", "Invalid 'input': expected text or a list of items.");
    assertRefused("\"input\":[]", "Invalid 'input': expected text or a list of items.");
    assertRefused(
        "\"input\":[{\"type\":\"item_reference\",\"id\":\"x\"}]",
        "input[0].type: this server reads message, function_call, function_call_output and reasoning, found \"item_reference\".");
    assertRefused(
        "\"input\":[{\"content\":\"x\"}]",
        "input[0].role: expected user, assistant, system or developer, found \"\".");
    assertRefused(
        "\"input\":[{\"type\":\"function_call\",\"call_id\":\"x\"}]",
        "input[0]: expected the name of a function.");
    assertRefused(
        "\"input\":\"Hi\",\"tools\":[{\"type\":\"web_search\"}]",
        "tools[0].type: this server has no \"web_search\" tool; declare functions of your own instead.");
  }

  private static void assertRefused(String members, String message) {
    assertThatThrownBy(() -> map(members)).hasMessage(message);
  }

  private static Conversation conversation(String members) {
    return ((Prompt.Chat) map(members).prompt()).conversation();
  }

  private static AnswerRequest map(String members) {
    byte[] body = ("{\"model\":\"m\"," + members + "}").getBytes(StandardCharsets.UTF_8);
    return ResponsesMapping.answer(
        OpenAiJson.read(body, ResponsesRequest.class),
        (uri, type, place) -> new Media("image/png", new byte[] {1}),
        Sampling.of(1));
  }
}
