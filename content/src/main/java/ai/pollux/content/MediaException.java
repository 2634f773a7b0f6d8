package ai.pollux.content;

import java.io.Serial;

/**
 * What somebody sent cannot be read, or is more than a limit allows. The message says what it was
 * and what to send instead; it is fit for the person who sent it.
 */
public final class MediaException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** A failure found by our own check. */
  public MediaException(String message) {
    super(message);
  }

  /** A failure that a library reported. */
  public MediaException(String message, Throwable cause) {
    super(message, cause);
  }
}
