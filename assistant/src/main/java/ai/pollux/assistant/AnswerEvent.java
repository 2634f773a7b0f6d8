package ai.pollux.assistant;

import ai.pollux.content.Part;
import java.util.List;

/**
 * What happens while an answer is written. Each candidate gives any number of {@link Said}, then
 * one {@link Ended}.
 */
public sealed interface AnswerEvent {
  /** Which answer it belongs to, from 0. */
  int candidate();

  /**
   * More of an answer.
   *
   * @param parts to be appended to what was said before; may be empty where only scores came
   * @param scores one per token written since the last event, if they were asked for
   */
  record Said(int candidate, List<Part> parts, List<TokenScore> scores) implements AnswerEvent {
    public Said {
      parts = List.copyOf(parts);
      scores = List.copyOf(scores);
    }
  }

  /** The end of an answer. */
  record Ended(int candidate, EndReason reason) implements AnswerEvent {}

  /** Why an answer ended. */
  enum EndReason {
    /** The model was done, or wrote a stop string. */
    STOP,
    /** The model was done, and a tool call in its answer did not keep to the form. */
    MALFORMED_CALL,
    /** As many tokens as the request or the context allows. */
    MAX_TOKENS,
    /** The reader went away, or the model was closed. */
    CANCELLED
  }

  /**
   * How likely a token was.
   *
   * @param token its text
   * @param logprob natural logarithm of its share, at temperature 1 and before penalties and
   *     truncation
   * @param alternatives the likeliest tokens of this step, best first, without alternatives of
   *     their own
   */
  record TokenScore(String token, int id, double logprob, List<TokenScore> alternatives) {
    public TokenScore {
      alternatives = List.copyOf(alternatives);
    }
  }
}
