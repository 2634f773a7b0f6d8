package ai.pollux.engine;

/** A model that does not fit in memory as asked; the message says what would. */
public final class MemoryPlanException extends EngineException {
  private static final long serialVersionUID = 1;

  MemoryPlanException(String message) {
    super(message);
  }
}
