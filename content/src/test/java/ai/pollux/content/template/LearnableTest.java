package ai.pollux.content.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.ToolDeclaration;
import ai.pollux.content.Turn;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Gemma 4's template says the model wrote. */
final class LearnableTest {
  private static final Gemma4Template TEMPLATE = new Gemma4Template();
  private static final Turn CALL =
      new Turn(
          Turn.Role.MODEL,
          List.of(new Part.ToolCall("1", "add", Json.object("a", Json.of(1L), "b", Json.of(2L)))));
  private static final Turn RESULT = Turn.tool(new Part.ToolResult("1", "add", Json.of(3L)));

  private static Conversation of(Turn... turns) {
    return new Conversation(List.of(), List.of(turns), List.of());
  }

  private static List<String> said(LearnedText written) {
    return written.learned().stream()
        .map(span -> written.text().substring(span.from(), span.to()))
        .toList();
  }

  /** What the model is asked with is what comes before its last turn. */
  private static void assertServed(Turn... turns) {
    assertServed(TemplateOptions.ANSWER, turns);
  }

  private static void assertServed(TemplateOptions options, Turn... turns) {
    Conversation asked = of(java.util.Arrays.copyOf(turns, turns.length - 1));
    LearnedText written = TEMPLATE.learnable(of(turns));
    String prompt = TEMPLATE.render(asked, options);
    assertThat(written.text()).startsWith(prompt);
    assertThat(written.learned())
        .as("the model goes on where the prompt ends")
        .anyMatch(span -> span.from() == prompt.length());
  }

  @Test
  void anAnswerIsLearnedWithTheMarkThatEndsIt() {
    LearnedText written = TEMPLATE.learnable(of(Turn.user("Hi"), Turn.model("<b>Hello</b>")));
    assertThat(written.text())
        .isEqualTo(
            "<bos><|turn>user\nHi<turn|>\n<|turn>model\n<|channel>thought\n<channel|><b>Hello</b><turn|>\n");
    assertThat(said(written)).containsExactly("<b>Hello</b><turn|>");
    assertServed(Turn.user("Hi"), Turn.model("<b>Hello</b>"));
  }

  @Test
  void earlierAnswersAreLearnedAsTheyAreRemembered() {
    Turn[] turns = {Turn.user("1?"), Turn.model("One"), Turn.user("2?"), Turn.model("Two")};
    LearnedText written = TEMPLATE.learnable(of(turns));
    assertThat(said(written)).containsExactly("One<turn|>", "Two<turn|>");
    assertServed(turns);
  }

  @Test
  void aCallIsLearnedAndItsResultIsNot() {
    Turn[] turns = {Turn.user("1 + 2?"), CALL, RESULT, Turn.model("3")};
    LearnedText written = TEMPLATE.learnable(of(turns));
    assertThat(said(written))
        .containsExactly(
            "<|tool_call>call:add{a:1,b:2}<tool_call|>", "<|tool_response>", "3<turn|>");
    assertServed(turns);
  }

  @Test
  void aCallThatWaitsEndsWithTheMarkOfItsResponse() {
    LearnedText written = TEMPLATE.learnable(of(Turn.user("1 + 2?"), CALL));
    assertThat(String.join("", said(written)))
        .isEqualTo("<|tool_call>call:add{a:1,b:2}<tool_call|><|tool_response>");
    assertServed(Turn.user("1 + 2?"), CALL);
  }

  @Test
  void thoughtsAreLearnedWhereTheModelIsAskedToThink() {
    Turn answer =
        new Turn(Turn.Role.MODEL, List.of(new Part.Thought("Well."), new Part.Text("Yes")));
    LearnedText written = TEMPLATE.learnable(of(Turn.user("Is it?"), answer));
    assertThat(written.text()).startsWith("<bos><|turn>system\n<|think|>\n<turn|>\n");
    assertThat(String.join("", said(written)))
        .isEqualTo("<|channel>thought\nWell.\n<channel|>Yes<turn|>");
    assertServed(TemplateOptions.THINK, Turn.user("Is it?"), answer);
  }

  @Test
  void toolsAndSystemStandBefore() {
    ToolDeclaration tool = new ToolDeclaration("add", "Adds.", Json.Obj.EMPTY);
    Conversation whole =
        new Conversation(
            List.of(new Part.Text("Be kind.")),
            List.of(Turn.user("Hi"), Turn.model("Hello")),
            List.of(tool));
    Conversation asked = new Conversation(whole.system(), List.of(Turn.user("Hi")), List.of(tool));
    assertThat(TEMPLATE.learnable(whole).text())
        .startsWith(TEMPLATE.render(asked, TemplateOptions.ANSWER));
  }

  @Test
  void aConversationWithoutAnAnswerIsRefused() {
    assertThatThrownBy(() -> TEMPLATE.learnable(of(Turn.user("Hi"))))
        .isInstanceOf(TemplateException.class)
        .hasMessage(
            "Nothing to learn: expected the conversation to end with a turn of the model's, found one of role USER.");
    assertThatThrownBy(() -> TEMPLATE.learnable(of())).hasMessageContaining("found no turn.");
  }
}
