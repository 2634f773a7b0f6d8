package ai.pollux.train.data;

import java.io.Serial;

/**
 * Data cannot be used as it was asked for. The message says what and where, what was expected and
 * found, and what to do; it is for the person who set up the run.
 */
public class DataException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** What failed. */
  public DataException(String message) {
    super(message);
  }

  /** What failed, and what it came from. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
