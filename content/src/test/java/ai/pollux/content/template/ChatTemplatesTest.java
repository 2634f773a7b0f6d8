package ai.pollux.content.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Conversation;
import ai.pollux.content.Json;
import ai.pollux.content.Part;
import ai.pollux.content.Turn;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ChatTemplatesTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-23T20:00:00Z"), ZoneOffset.UTC);

  @Test
  void theCheckpointsOwnTemplateWins() {
    String jinja =
        "{{ bos_token }}{% for m in messages %}[{{ m.content }}]{% endfor %}{{ strftime_now('%d %b %Y') }}";
    assertThat(
            choose(Optional.of(jinja), "<|turn>")
                .render(Conversation.ask("Hi"), TemplateOptions.ANSWER))
        .isEqualTo("<s>[Hi]23 Nov 2026");
  }

  @Test
  void otherwiseTheMarksOfTheVocabularyChoose() {
    assertThat(choose(Optional.empty(), "<|turn>")).isInstanceOf(Gemma4Template.class);
    assertThat(choose(Optional.empty(), "<start_of_turn>")).isInstanceOf(Gemma3Template.class);
    assertThat(choose(Optional.empty(), "<|start_header_id|>")).isEqualTo(TurnMarkTemplate.LLAMA3);
    assertThat(choose(Optional.empty(), "<|im_start|>")).isEqualTo(TurnMarkTemplate.CHATML);
  }

  @Test
  void aModelWithoutMarksCompletesTheLastUsersText() {
    Conversation conversation =
        new Conversation(
            List.of(), List.of(Turn.user("a"), Turn.model("b"), Turn.user(" Once")), List.of());
    assertThat(choose(Optional.empty(), "x").render(conversation, TemplateOptions.ANSWER))
        .isEqualTo("<s> Once");
  }

  @Test
  void llama3AndChatMlWriteTheirMarks() {
    Conversation conversation =
        new Conversation(
            List.of(new Part.Text("Be brief.")), List.of(Turn.user(" Hi ")), List.of());
    assertThat(TurnMarkTemplate.LLAMA3.render(conversation, TemplateOptions.ANSWER))
        .isEqualTo(
            "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nBe brief.<|eot_id|>"
                + "<|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
                + "<|start_header_id|>assistant<|end_header_id|>\n\n");
    assertThat(TurnMarkTemplate.CHATML.render(conversation, TemplateOptions.ANSWER))
        .isEqualTo(
            """
            <|im_start|>system
            Be brief.<|im_end|>
            <|im_start|>user
             Hi <|im_end|>
            <|im_start|>assistant
            """);
  }

  @Test
  void aBrokenTemplateIsRefusedWithItsLine() {
    assertThatThrownBy(() -> choose(Optional.of("a\n{% if x %}"), "x"))
        .isInstanceOf(TemplateException.class)
        .hasMessage(
            "The checkpoint's chat_template is broken: line 2: expected {% endif %} for the block of"
                + " line 2, found the end of the template");
  }

  @Test
  void resultsInAUsersTurnBecomeAToolTurn() {
    Part result = new Part.ToolResult("1", "f", Json.NULL);
    Conversation conversation =
        new Conversation(
            List.of(),
            List.of(new Turn(Turn.Role.USER, List.of(new Part.Text("x"), result))),
            List.of());
    assertThat(conversation.turns())
        .containsExactly(new Turn(Turn.Role.TOOL, List.of(result)), Turn.user("x"));
  }

  private static ChatTemplate choose(Optional<String> jinja, String token) {
    return ChatTemplates.forCheckpoint(jinja, "<s>", "</s>", Set.of(token)::contains, CLOCK);
  }
}
