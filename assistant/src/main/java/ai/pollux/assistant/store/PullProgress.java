package ai.pollux.assistant.store;

/** Told how far a pull is, from one thread at a time. */
@FunctionalInterface
public interface PullProgress {
  /** Tells nobody. */
  PullProgress NONE = (done, total) -> {};

  /** {@code done} of {@code total} bytes are on disk; what was there before counts. */
  void at(long done, long total);
}
