package ai.pollux.engine.sample;

/** Goes along with one candidate and says what may come next. For one thread. */
public interface TokenGuide {
  /**
   * The tokens that may come next, end tokens among them where the answer may end here. With room
   * for at least {@link TokenConstraint#leastTokens} at the beginning there is always one, and an
   * answer that takes the room to its last token is complete.
   *
   * @param room how many tokens the answer may still get, this one included; at least 1
   */
  TokenMask allowed(int room);

  /**
   * Goes on behind a token.
   *
   * @throws IllegalArgumentException if the token cannot come next
   */
  void advance(int token);
}
