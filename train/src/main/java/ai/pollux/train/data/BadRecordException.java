package ai.pollux.train.data;

import java.io.Serial;

/** One record cannot be used. A run counts it and goes on, up to a limit. */
public final class BadRecordException extends DataException {
  @Serial private static final long serialVersionUID = 1;

  /** What is wrong with it. */
  public BadRecordException(String message) {
    super(message);
  }

  /** What found something wrong with it says what that is. */
  public BadRecordException(RuntimeException found) {
    this(String.valueOf(found.getMessage()), found);
  }

  /** What is wrong with it, and what found that. */
  public BadRecordException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The message. */
  public String what() {
    return String.valueOf(getMessage());
  }
}
