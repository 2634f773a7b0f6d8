package ai.pollux.assistant;

import ai.pollux.content.Part;
import ai.pollux.content.tokenizer.Detokenizer;
import ai.pollux.content.tokenizer.Tokenizer;
import java.util.List;
import java.util.Set;

/** One candidate's way from tokens to parts: characters, stop strings, parts. */
final class CandidateText {
  private final Tokenizer tokenizer;
  private final Detokenizer detokenizer;
  private final StopStrings stops;
  private final Set<Integer> endTokens;
  private int answerTokens;
  private int thoughtTokens;
  private boolean isEnded;

  CandidateText(
      Tokenizer tokenizer,
      Detokenizer detokenizer,
      List<String> stopStrings,
      Set<Integer> endTokens) {
    this.tokenizer = tokenizer;
    this.detokenizer = detokenizer;
    this.stops = new StopStrings(stopStrings);
    this.endTokens = endTokens;
  }

  /** The parts that this token completes. */
  List<Part> push(int token) {
    if (endsWith(token)) {
      return List.of();
    }
    answerTokens++;
    List<Part> said = text(tokenizer.isControl(token) ? "" : stops.push(detokenizer.push(token)));
    isEnded = stops.isHit();
    return said;
  }

  /** What is still held back when no more tokens come. */
  List<Part> finish() {
    isEnded = true;
    String last = stops.push(detokenizer.flush());
    return text(last + stops.flush());
  }

  /** Whether this token ends an answer, and is no part of it. */
  boolean endsWith(int token) {
    return endTokens.contains(token);
  }

  /** Whether a stop string was written, or {@link #finish} called. */
  boolean isEnded() {
    return isEnded;
  }

  int answerTokens() {
    return answerTokens;
  }

  int thoughtTokens() {
    return thoughtTokens;
  }

  private static List<Part> text(String text) {
    return text.isEmpty() ? List.of() : List.of(new Part.Text(text));
  }
}
