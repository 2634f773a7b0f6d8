package ai.pollux.engine;

/** A request that this engine can never answer; the message says what to change. */
public final class InvalidRequestException extends EngineException {
  private static final long serialVersionUID = 1;

  InvalidRequestException(String message) {
    super(message);
  }
}
