package ai.pollux.server.state;

import java.io.Serial;

/** The database cannot be used; the message is for who runs the server. */
public final class StateException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  StateException(String message, Throwable cause) {
    super(message, cause);
  }
}
