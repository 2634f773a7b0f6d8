package ai.pollux.engine;

import ai.pollux.engine.sample.TokenLogprob;
import java.util.List;

/**
 * What happens to a generation. Each candidate gives {@link Sampled} events, then one {@link
 * Finished}; {@link Failed} ends all candidates at once.
 */
public sealed interface Event {
  /**
   * A candidate's next token. End tokens and the tokens of stop sequences are reported like all
   * others; {@link Finished#stopTokens} says how many of the last ones they were.
   *
   * @param candidate which one, from 0
   * @param token its id
   * @param logprob as {@link TokenLogprob#logprob}; NaN where {@code Sampling.logprobs} is empty
   * @param alternatives the most likely tokens, best first, as many as were asked for
   */
  record Sampled(int candidate, int token, double logprob, List<TokenLogprob> alternatives)
      implements Event {
    public Sampled {
      alternatives = List.copyOf(alternatives);
    }
  }

  /**
   * The end of a candidate.
   *
   * @param candidate which one, from 0
   * @param reason why
   * @param tokens how many it has, stop tokens included
   * @param stopTokens how many of the last ones are the end token or stop sequence that ended it; 0
   *     for other reasons
   */
  record Finished(int candidate, FinishReason reason, int tokens, int stopTokens)
      implements Event {}

  /**
   * The end of all candidates, because a step failed. The engine goes on with other requests.
   *
   * @param message what failed
   * @param cause where, for a log
   */
  record Failed(String message, Throwable cause) implements Event {}
}
