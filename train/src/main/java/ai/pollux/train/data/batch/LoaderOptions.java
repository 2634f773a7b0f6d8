package ai.pollux.train.data.batch;

/**
 * How steps are made.
 *
 * @param rows the most tokens of a step
 * @param waitingRows how many tokens wait to be packed before a step is made: more fill steps
 *     better, and take memory
 * @param workers threads that read and encode
 */
public record LoaderOptions(int rows, int waitingRows, int workers) {
  /** Refuses sizes that are none. */
  public LoaderOptions {
    if (rows < 1 || waitingRows < rows || workers < 1) {
      throw new IllegalArgumentException(
          "loader: expected at least 1 row, as many waiting, and 1 worker, found %d, %d and %d"
              .formatted(rows, waitingRows, workers));
    }
  }

  /** Four steps wait; one thread reads. */
  public static LoaderOptions of(int rows) {
    return new LoaderOptions(rows, 4 * rows, 1);
  }

  /** The same with other threads. */
  public LoaderOptions withWorkers(int count) {
    return new LoaderOptions(rows, waitingRows, count);
  }
}
