package ai.pollux.assistant.convert;

import java.io.Serial;

/** A model that cannot be rewritten as it was asked; the message says what to do. */
public final class ConversionException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1;

  ConversionException(String message) {
    super(message);
  }

  ConversionException(String message, Throwable cause) {
    super(message, cause);
  }
}
