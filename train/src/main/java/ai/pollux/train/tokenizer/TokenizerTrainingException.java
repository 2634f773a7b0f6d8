package ai.pollux.train.tokenizer;

/** A vocabulary cannot be learned: the settings, the text or a file are at fault, as it says. */
public final class TokenizerTrainingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TokenizerTrainingException(String message) {
    super(message);
  }

  TokenizerTrainingException(String message, Throwable cause) {
    super(message, cause);
  }
}
