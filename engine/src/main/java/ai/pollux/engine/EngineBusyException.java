package ai.pollux.engine;

/** The queue of waiting requests is full: come back later. */
public final class EngineBusyException extends EngineException {
  private static final long serialVersionUID = 1;

  EngineBusyException(int waiting) {
    super(
        "%d requests are waiting, which is all the queue holds. Try again later, or serve with a"
                .formatted(waiting)
            + " longer queue.");
  }
}
