package ai.pollux.assistant.constraint;

import java.io.Serial;

/** A form of answers that cannot be asked for; the message is for who asked. */
public final class ShapeException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  public ShapeException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
