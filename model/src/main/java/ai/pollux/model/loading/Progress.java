package ai.pollux.model.loading;

/** Told how far loading has come, after each weight. */
@FunctionalInterface
public interface Progress {
  /** Nobody wants to know. */
  Progress NONE = (weight, doneBytes, totalBytes) -> {};

  /**
   * A weight is ready.
   *
   * @param weight its name in our words
   * @param doneBytes what is ready so far, as stored
   * @param totalBytes what the model takes, as stored
   */
  void loaded(String weight, long doneBytes, long totalBytes);
}
