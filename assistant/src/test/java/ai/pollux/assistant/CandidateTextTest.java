package ai.pollux.assistant;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Part;
import ai.pollux.content.template.Gemma4OutputParser;
import ai.pollux.content.template.OutputParser;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.testkit.TestFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** With the marks of Gemma 4's vocabulary. */
final class CandidateTextTest {
  private final Tokenizer tokenizer =
      Tokenizers.fromTokenizerJson(TestFiles.golden("gemma4/e2b-like/hf/tokenizer.json"));
  private final int end = tokenizer.id("<turn|>").orElseThrow();

  @Test
  void controlTokensAreNoPartOfAnAnswer() {
    CandidateText plain = candidate(OutputParser.plain(), List.of());
    assertThat(text(push(plain, "a<pad>b<|channel>c<bos>"))).isEqualTo("abc");
    CandidateText gemma = candidate(new Gemma4OutputParser(() -> "1"), List.of());
    assertThat(text(push(gemma, "a<pad>b<mask>c"))).isEqualTo("abc");
  }

  @Test
  void thinkingIsToldApartAndCountedWithItsMarks() {
    CandidateText candidate = candidate(new Gemma4OutputParser(() -> "1"), List.of());
    String thought = "<|channel>thought\nmaybe<channel|>";
    List<Part> parts = push(candidate, thought + "yes");
    assertThat(thoughts(parts)).isEqualTo("maybe");
    assertThat(text(parts)).isEqualTo("yes");
    assertThat(candidate.thoughtTokens()).isEqualTo(tokenizer.encodeWithSpecials(thought).length);
    assertThat(candidate.answerTokens()).isEqualTo(tokenizer.encodeWithSpecials("yes").length);
  }

  @Test
  void aStopStringEndsTheAnswerBeforeItself() {
    CandidateText candidate = candidate(new Gemma4OutputParser(() -> "1"), List.of("END"));
    assertThat(text(push(candidate, "one END two"))).isEqualTo("one ");
    assertThat(candidate.isEnded()).isTrue();
  }

  @Test
  void theTokenThatEndsAnAnswerIsNotCounted() {
    CandidateText candidate = candidate(OutputParser.plain(), List.of());
    assertThat(candidate.push(end)).isEmpty();
    assertThat(candidate.answerTokens()).isZero();
    assertThat(candidate.endsWith(end)).isTrue();
  }

  @Test
  void aCallWithoutItsFormIsMalformed() {
    CandidateText candidate = candidate(new Gemma4OutputParser(() -> "1"), List.of());
    assertThat(text(push(candidate, "<|tool_call>nonsense<tool_call|>"))).contains("nonsense");
    assertThat(candidate.isMalformed()).isTrue();
  }

  private CandidateText candidate(OutputParser parser, List<String> stops) {
    return new CandidateText(
        tokenizer, tokenizer.continuingDetokenizer(), parser, stops, Set.of(end));
  }

  /** Everything that the tokens of {@code answer} say, up to a stop string. */
  private List<Part> push(CandidateText candidate, String answer) {
    List<Part> said = new ArrayList<>();
    for (int token : tokenizer.encodeWithSpecials(answer)) {
      if (!candidate.isEnded()) {
        said.addAll(candidate.push(token));
      }
    }
    if (!candidate.isEnded()) {
      said.addAll(candidate.finish());
    }
    return said;
  }

  private static String text(List<Part> parts) {
    return parts.stream()
        .map(part -> part instanceof Part.Text text ? text.text() : "")
        .collect(Collectors.joining());
  }

  private static String thoughts(List<Part> parts) {
    return parts.stream()
        .map(part -> part instanceof Part.Thought thought ? thought.text() : "")
        .collect(Collectors.joining());
  }
}
