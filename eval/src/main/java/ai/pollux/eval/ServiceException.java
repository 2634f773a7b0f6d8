package ai.pollux.eval;

/** A server that did not answer a question; the message says what it said instead. */
public final class ServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ServiceException(String message) {
    super(message);
  }

  ServiceException(String message, Throwable cause) {
    super(message, cause);
  }
}
