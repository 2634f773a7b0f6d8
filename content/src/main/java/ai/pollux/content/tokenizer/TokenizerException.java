package ai.pollux.content.tokenizer;

/**
 * A tokenizer's file cannot be used. The message says what failed, where, what was expected and
 * found, and what to do.
 */
public final class TokenizerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What failed, for a person to read. */
  public TokenizerException(String message) {
    super(message);
  }

  /** What failed, for a person to read, and what it came from. */
  public TokenizerException(String message, Throwable cause) {
    super(message, cause);
  }
}
