package ai.pollux.assistant;

import ai.pollux.content.Part;
import ai.pollux.content.template.OutputParser;
import ai.pollux.content.tokenizer.Detokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One candidate's way from tokens to parts: characters, stop strings, then what the marks among
 * them say.
 */
final class CandidateText {
  private final Detokenizer detokenizer;
  private final StopStrings stops;
  private final OutputParser parser;
  private final Set<Integer> endTokens;
  private int answerTokens;
  private int thoughtTokens;
  private boolean isThinking;
  private boolean isEnded;

  CandidateText(
      Detokenizer detokenizer,
      OutputParser parser,
      List<String> stopStrings,
      Set<Integer> endTokens) {
    this.detokenizer = detokenizer;
    this.parser = parser;
    this.stops = new StopStrings(stopStrings);
    this.endTokens = endTokens;
  }

  /** The parts that this token completes. */
  List<Part> push(int token) {
    if (endsWith(token)) {
      return List.of();
    }
    List<Part> said = parser.push(stops.push(detokenizer.push(token)));
    count(said);
    if (!stops.isHit()) {
      return said;
    }
    isEnded = true;
    return join(said, parser.end());
  }

  /** What is still held back when no more tokens come. */
  List<Part> finish() {
    isEnded = true;
    List<Part> last = parser.push(stops.push(detokenizer.flush()) + stops.flush());
    return join(last, parser.end());
  }

  /** Whether this token ends an answer, and is no part of it. */
  boolean endsWith(int token) {
    return endTokens.contains(token);
  }

  /** Whether a stop string was written, or {@link #finish} called. */
  boolean isEnded() {
    return isEnded;
  }

  /** Whether the model tried to call a tool and did not keep to the form. */
  boolean isMalformed() {
    return parser.isMalformed();
  }

  int answerTokens() {
    return answerTokens;
  }

  int thoughtTokens() {
    return thoughtTokens;
  }

  /**
   * A token counts as what it completes; one that completes nothing yet, as what came before it.
   */
  private void count(List<Part> said) {
    if (!said.isEmpty()) {
      isThinking = said.getLast() instanceof Part.Thought;
    }
    if (isThinking) {
      thoughtTokens++;
    } else {
      answerTokens++;
    }
  }

  private static List<Part> join(List<Part> first, List<Part> second) {
    List<Part> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
