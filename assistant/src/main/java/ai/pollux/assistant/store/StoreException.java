package ai.pollux.assistant.store;

import java.io.Serial;

/** A model could not be fetched or found; the message is for the person who named it. */
public final class StoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  StoreException(String message) {
    super(message);
  }

  StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
