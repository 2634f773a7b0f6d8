package ai.pollux.content.template;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Json;
import ai.pollux.content.Part;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Gemma4OutputParserTest {
  private static final String ANSWER =
      "<|channel>thought\nI look\nit up.\n<channel|>One moment.<|tool_call>call:get_weather{"
          + "city:<|\"|>Zü}rich, <\"<|\"|>,days:3,deep:{a:[1,-2.5,true,None],b:{}}}<tool_call|>"
          + "<|tool_call>call:ping{}<tool_call|><|tool_response>";

  private int calls;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 1000})
  void anAnswerGivesItsPartsHoweverItIsCut(int piece) {
    OutputParser parser = parser();
    assertThat(joined(parser, ANSWER, piece))
        .containsExactly(
            new Part.Thought("I look\nit up."),
            new Part.Text("One moment."),
            new Part.ToolCall(
                "c1",
                "get_weather",
                Json.parse(
                    "{\"city\":\"Zü}rich, <\\\"\",\"days\":3,"
                        + "\"deep\":{\"a\":[1,-2.5,true,null],\"b\":{}}}")),
            new Part.ToolCall("c2", "ping", Json.Obj.EMPTY));
    assertThat(parser.isMalformed()).isFalse();
  }

  @Test
  void textIsGivenOutAtOnceAndMarksAreHeldBack() {
    OutputParser parser = parser();
    assertThat(parser.push("a < b <")).containsExactly(new Part.Text("a < b "));
    assertThat(parser.push("|chan")).isEmpty();
    assertThat(parser.push("ge")).containsExactly(new Part.Text("<|change"));
    assertThat(parser.end()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<|tool_call>call:f{a:",
        "<|tool_call>call:f{a:<|\"|>x}<tool_call|>",
        "<|tool_call>call:{}<tool_call|>",
        "<|tool_call>f{}<tool_call|>",
        "<|tool_call>call:f{a:1}}<tool_call|>",
        "<|tool_call>call:f{a:\"x<tool_call|>"
      })
  void aBrokenCallIsTextAndMarked(String answer) {
    OutputParser parser = parser();
    assertThat(joined(parser, answer, 3)).containsExactly(new Part.Text(answer));
    assertThat(parser.isMalformed()).isTrue();
  }

  @Test
  void aCallNestedBeyondReasonIsMalformedNotAnOverflow() {
    OutputParser parser = parser();
    parser.push("<|tool_call>call:f{a:" + "[".repeat(100_000) + "<tool_call|>");
    assertThat(parser.isMalformed()).isTrue();
  }

  @Test
  void theLastCallMayLackItsEndMark() {
    assertThat(joined(parser(), "<|tool_call>call:f{a:1}", 4))
        .containsExactly(new Part.ToolCall("c1", "f", Json.object("a", Json.of(1))));
  }

  @Test
  void emptyThoughtsAndStrayMarksLeaveNothing() {
    assertThat(joined(parser(), "<|channel>thought\n<channel|>Yes.<channel|><turn|>", 5))
        .containsExactly(new Part.Text("Yes."));
  }

  @Test
  void aThoughtWithoutEndStaysAThought() {
    assertThat(joined(parser(), "<|channel>thought\nhm\n", 1))
        .containsExactly(new Part.Thought("hm"));
  }

  private OutputParser parser() {
    return new Gemma4OutputParser(() -> "c" + ++calls);
  }

  /** The parts of an answer cut into pieces, with neighbours of a kind joined. */
  private static List<Part> joined(OutputParser parser, String answer, int piece) {
    List<Part> parts = new ArrayList<>();
    for (int at = 0; at < answer.length(); at += piece) {
      parts.addAll(parser.push(answer.substring(at, Math.min(at + piece, answer.length()))));
    }
    parts.addAll(parser.end());
    List<Part> joined = new ArrayList<>();
    for (Part part : parts) {
      Part last = joined.isEmpty() ? part : joined.getLast();
      if (!joined.isEmpty()
          && last instanceof Part.Text(String a)
          && part instanceof Part.Text(String b)) {
        joined.set(joined.size() - 1, new Part.Text(a + b));
      } else if (!joined.isEmpty()
          && last instanceof Part.Thought(String a)
          && part instanceof Part.Thought(String b)) {
        joined.set(joined.size() - 1, new Part.Thought(a + b));
      } else {
        joined.add(part);
      }
    }
    return joined;
  }
}
