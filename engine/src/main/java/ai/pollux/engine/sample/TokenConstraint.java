package ai.pollux.engine.sample;

/**
 * A language of token sequences that answers must belong to. Shared by all candidates of a request
 * and by requests; may be used by many threads.
 */
public interface TokenConstraint {
  /** A guide at the beginning of an answer. */
  TokenGuide begin();

  /**
   * How many tokens the shortest answer has that is certain to be found, its end token not counted.
   */
  int leastTokens();
}
