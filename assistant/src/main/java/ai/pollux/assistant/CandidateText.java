package ai.pollux.assistant;

import ai.pollux.content.Part;
import ai.pollux.content.template.OutputParser;
import ai.pollux.content.tokenizer.Detokenizer;
import ai.pollux.content.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One candidate's way from tokens to parts: characters, stop strings, then what the marks among
 * them say.
 */
final class CandidateText {
  private final Tokenizer tokenizer;
  private final Detokenizer detokenizer;
  private final StopStrings stops;
  private final OutputParser parser;
  private final Set<Integer> endTokens;
  private int answerTokens;
  private int thoughtTokens;
  private boolean isEnded;

  /**
   * An answer that nothing is written of yet.
   *
   * @param detokenizer of the tokenizer: how the answer's first token is spelled depends on what is
   *     before it
   */
  CandidateText(
      Tokenizer tokenizer,
      Detokenizer detokenizer,
      OutputParser parser,
      List<String> stopStrings,
      Set<Integer> endTokens) {
    this.tokenizer = tokenizer;
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
    boolean wasThinking = parser.isThinking();
    List<Part> said = parser.push(stops.push(isText(token) ? detokenizer.push(token) : ""));
    if (wasThinking || parser.isThinking()) {
      thoughtTokens++;
    } else {
      answerTokens++;
    }
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

  /** Tokens outside of thinking. */
  int answerTokens() {
    return answerTokens;
  }

  /** Tokens of thinking, from the mark that opens it to the one that closes it. */
  int thoughtTokens() {
    return thoughtTokens;
  }

  /** Control tokens are for the parser, or for nobody. */
  private boolean isText(int token) {
    return !tokenizer.isControl(token) || parser.reads(tokenizer.piece(token));
  }

  private static List<Part> join(List<Part> first, List<Part> second) {
    List<Part> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
