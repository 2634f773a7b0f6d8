package ai.pollux.train.data.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Json;
import ai.pollux.content.Part;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          red            | true
          Red.           | true
          ' RED '        | true
          It is red.     | true
          blue           | false
          red or blue    | false
          reddish        | false
          ''             | false
          not blue, red  | false
          """)
  void aChoiceIsTheWordAndNoneOfTheOthers(String given, boolean right) {
    Answer answer = new Answer.Choice("red", List.of("red", "blue", "green"));
    assertThat(answer.isRight(given)).isEqualTo(right);
  }

  @Test
  void aRivalInsideOfTheAnswerDoesNoHarm() {
    Answer answer = new Answer.Choice("top left", List.of("top left", "top right", "left"));
    assertThat(answer.isRight("at the top left")).isTrue();
    assertThat(answer.isRight("at the left, top right")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          12                     | true
          12.                    | true
          The answer is 12.      | true
          7 + 5 = 12             | true
          12.0                   | true
          twelve                 | true
          1 2                    | false
          112                    | false
          -12                    | false
          12 or 13               | false
          none                   | false
          """)
  void aNumberIsTheLastOne(String given, boolean right) {
    assertThat(Answer.Numeric.of(12).isRight(given)).isEqualTo(right);
  }

  @Test
  void numbersMayBeLargeOrNegative() {
    assertThat(Answer.Numeric.of(12345).isRight("12,345")).isTrue();
    assertThat(Answer.Numeric.of(-3).isRight("7 - 10 = -3")).isTrue();
    assertThat(Answer.Numeric.of(3).isRight("7 - 10 = -3")).isFalse();
  }

  @Test
  void anExactTextIsLetterForLetter() {
    Answer answer = new Answer.Exact("Ab3");
    assertThat(answer.isRight("Ab3")).isTrue();
    assertThat(answer.isRight(" \"Ab3\" ")).isTrue();
    assertThat(answer.isRight("ab3")).isFalse();
    assertThat(answer.isRight("It says Ab3")).isFalse();
    assertThat(new Answer.Exact("a\nb").isRight("a b")).isTrue();
  }

  @Test
  void jsonIsComparedByValue() {
    Answer answer = new Answer.Structured(Json.object("a", Json.of(3), "b", Json.of("x")));
    assertThat(answer.isRight("{\"b\": \"x\", \"a\": 3.0}")).isTrue();
    assertThat(answer.isRight("```json\n{\"a\":3,\"b\":\"x\"}\n```")).isTrue();
    assertThat(answer.isRight("{\"a\":3}")).isFalse();
    assertThat(answer.isRight("{\"a\":\"3\",\"b\":\"x\"}")).isFalse();
    assertThat(answer.isRight("a=3")).isFalse();
  }

  @Test
  void aCallIsItsNameAndArguments() {
    Json.Obj city = Json.object("city", Json.of("Ulm"));
    Answer answer = new Answer.Call("get_weather", city);
    assertThat(answer.isRight(List.of(new Part.ToolCall("1", "get_weather", city)))).isTrue();
    assertThat(answer.isRight(List.of(new Part.ToolCall("", "get_time", city)))).isFalse();
    assertThat(answer.isRight(List.of(new Part.ToolCall("", "get_weather", Json.Obj.EMPTY))))
        .isFalse();
    assertThat(answer.isRight(List.of(new Part.Text("get_weather")))).isFalse();
    assertThat(new Answer.Choice("no tool", List.of()).isRight(answer.parts())).isFalse();
  }

  @Test
  void aStoryIsNeitherRightNorWrong() {
    Answer answer = new Answer.Free("Once upon a time");
    assertThat(answer.isJudged()).isFalse();
    assertThatThrownBy(() -> answer.isRight("x"))
        .hasMessage(
            "No answer to this is right or wrong: ask isJudged() first, and measure its perplexity.");
  }
}
