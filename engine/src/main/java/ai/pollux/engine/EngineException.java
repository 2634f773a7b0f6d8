package ai.pollux.engine;

/** What the engine refuses, and why. */
public abstract sealed class EngineException extends RuntimeException
    permits EngineBusyException, InvalidRequestException, MemoryPlanException {
  private static final long serialVersionUID = 1;

  EngineException(String message) {
    super(message);
  }
}
