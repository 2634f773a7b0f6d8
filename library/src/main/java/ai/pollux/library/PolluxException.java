package ai.pollux.library;

import java.io.Serial;

/** What kept a program from an answer; the message says what to do. */
public final class PolluxException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  PolluxException(String message) {
    super(message);
  }

  PolluxException(String message, Throwable cause) {
    super(message, cause);
  }

  static PolluxException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    return new PolluxException("interrupted while the model answered; the answer is lost", cause);
  }
}
