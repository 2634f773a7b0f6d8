package ai.pollux.assistant;

import java.io.Serial;

/** A model that cannot be used as it was given; the message says what to do. */
public final class ModelException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ModelException(String message) {
    super(message);
  }

  ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
