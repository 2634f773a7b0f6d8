package ai.pollux.server.store;

import java.io.Serial;

/** The store refuses: the message is fit for who asked. */
public final class StoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  /** Why. */
  public enum Reason {
    NOT_FOUND,
    ALREADY_EXISTS,
    WRONG_NAME,
    WRONG_OFFSET,
    WRONG_SIZE,
    TOO_LARGE,
    FULL
  }

  private final Reason reason;

  StoreException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
