package ai.pollux.server.interactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.assistant.AnswerRequest;
import ai.pollux.assistant.Prompt;
import ai.pollux.assistant.constraint.AnswerShape;
import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import ai.pollux.engine.sample.Sampling;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.openai.OpenAiJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InteractionMappingTest {
  private static final String WEATHER =
      ",\"tools\":[{\"type\":\"function\",\"name\":\"weather\",\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}}]";

  @Test
  void inputIsTextOrAContentOrContentsOrSteps() {
    String content = "{\"type\":\"text\",\"text\":\"Hi\"}";
    for (String input :
        List.of(
            "\"Hi\"",
            content,
            "[" + content + "]",
            "[{\"type\":\"user_input\",\"content\":[" + content + "]}]")) {
      Conversation conversation =
          conversation("\"input\":" + input + ",\"system_instruction\":\"Be brief.\"");
      assertThat(conversation.turns()).as(input).containsExactly(Turn.user("Hi"));
      assertThat(conversation.system()).containsExactly(new Part.Text("Be brief."));
    }
  }

  @Test
  void stepsOfTheModelInARowAreOneTurn() {
    Conversation conversation =
        conversation(
            """
            "input":[{"type":"user_input","content":[{"type":"text","text":"Hi"},{"type":"image","data":"iVBORw0KGgo=","mime_type":"image/png"}]},
             {"type":"thought","signature":"s","summary":[{"type":"text","text":"hm"}]},
             {"type":"model_output","content":[{"type":"text","text":"Let me see."}]},
             {"type":"function_call","id":"c","name":"weather","arguments":{"city":"Ulm"}},
             {"type":"function_result","call_id":"c","result":"rain"}]
            """
                + WEATHER);
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
    assertThat(conversation.tools()).singleElement().matches(tool -> tool.name().equals("weather"));
  }

  @Test
  void whatItGoesOnFromStandsInFront() {
    List<Step> history =
        List.of(
            new Step.UserInput(List.of(Content.ofText("Hi"))),
            new Step.ModelOutput(List.of(Content.ofText("Hello."))));
    InteractionRequest request = read("\"input\":\"And now?\"");
    AnswerRequest asked = answer(request, history);
    assertThat(((Prompt.Chat) asked.prompt()).conversation().turns())
        .containsExactly(Turn.user("Hi"), Turn.model("Hello."), Turn.user("And now?"));
  }

  @Test
  void settingsAreThoseOfTheGeminiApi() {
    AnswerRequest asked =
        answer(
            "\"input\":\"Hi\",\"generation_config\":{\"temperature\":0.5,\"top_p\":0.25,\"max_output_tokens\":7,\"seed\":3,\"stop_sequences\":[\"end\"],\"thinking_level\":\"high\"}");
    assertThat(asked.sampling().temperature()).isEqualTo(0.5f);
    assertThat(asked.sampling().topP()).isEqualTo(0.25f);
    assertThat(asked.sampling().seed()).hasValue(3);
    assertThat(asked.maxTokens()).hasValue(7);
    assertThat(asked.stopStrings()).containsExactly("end");
    assertThat(((Prompt.Chat) asked.prompt()).thinking()).isTrue();
  }

  @Test
  void aSchemaIsKeptTo() {
    String schema = "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}";
    for (String format :
        List.of(
            schema,
            "{\"type\":\"text\",\"mime_type\":\"application/json\",\"schema\":" + schema + "}",
            "[{\"type\":\"text\",\"schema\":" + schema + "}]")) {
      AnswerRequest asked = answer("\"input\":\"Hi\",\"response_format\":" + format);
      assertThat(asked.shape()).as(format).isInstanceOf(AnswerShape.Schema.class);
    }
    assertThat(answer("\"input\":\"Hi\"").shape()).isNotInstanceOf(AnswerShape.Schema.class);
  }

  @Test
  void mistakesAreNamed() {
    assertRefused("\"input\":[]", "input: expected text, a content, a list of contents");
    assertRefused("\"input\":[{\"type\":\"smell\"}]", "input[0].type: this server reads", "smell");
    assertRefused(
        "\"input\":\"Hi\",\"tools\":[{\"type\":\"google_search\"}]",
        "tools[0].type: this server has no \"google_search\" tool");
    assertRefused(
        "\"input\":[{\"type\":\"function_result\",\"call_id\":\"x\",\"result\":\"rain\"}]",
        "input[0].call_id: no function_call before it has the id \"x\"");
    assertRefused(
        "\"input\":\"Hi\",\"generation_config\":{\"thinking_level\":\"huge\"}",
        "generation_config.thinking_level: expected high, low, medium, minimal, found \"huge\".");
    assertRefused(
        "\"input\":\"Hi\",\"generation_config\":{\"tool_choice\":\"must\"}",
        "generation_config.tool_choice: expected auto, any, none, validated");
    assertRefused(
        "\"input\":\"Hi\",\"generation_config\":{\"tool_choice\":\"any\"}",
        "generation_config.tool_choice: \"any\" needs tools.");
    assertRefused(
        "\"input\":\"Hi\",\"generation_config\":{\"tool_choice\":{\"allowed_tools\":{\"mode\":\"any\",\"tools\":[\"x\"]}}}"
            + WEATHER,
        "the function \"x\" is not among the tools");
    assertRefused("\"input\":\"Hi\",\"agent\":\"x\"", "agent is not supported");
    assertRefused("\"input\":\"Hi\",\"cached_content\":\"x\"", "cached_content is not supported");
    assertRefused("\"input\":\"Hi\",\"continuation_token\":\"x\"", "continuation_token is not");
    assertRefused("\"input\":\"Hi\",\"webhook_config\":{}", "webhook_config is not supported");
    assertRefused("\"input\":\"Hi\",\"environment\":\"x\"", "environment is not supported");
    assertRefused(
        "\"input\":\"Hi\",\"background\":true,\"store\":false",
        "background: an answer that comes later has to be kept");
    assertRefused(
        "\"input\":\"Hi\",\"response_format\":{\"type\":\"image\"}",
        "this server answers with text, found \"image\"");
    assertRefused(
        "\"input\":[{\"type\":\"image\",\"mime_type\":\"image/png\"}]",
        "expected either data or uri, found neither");
  }

  private static void assertRefused(String members, String... messages) {
    assertThatThrownBy(() -> answer(members))
        .as(members)
        .isInstanceOf(ApiException.class)
        .hasMessageContainingAll(messages);
  }

  private static Conversation conversation(String members) {
    return ((Prompt.Chat) answer(members).prompt()).conversation();
  }

  private static AnswerRequest answer(String members) {
    return answer(read(members), List.of());
  }

  private static AnswerRequest answer(InteractionRequest request, List<Step> history) {
    return InteractionMapping.answer(
        request,
        history,
        Steps.of(request.input()),
        (uri, type, place) -> {
          throw new AssertionError(uri);
        },
        Sampling.GREEDY);
  }

  private static InteractionRequest read(String members) {
    byte[] body = ("{\"model\":\"m\"," + members + "}").getBytes(StandardCharsets.UTF_8);
    return OpenAiJson.read(body, InteractionRequest.class);
  }
}
