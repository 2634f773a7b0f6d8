package ai.pollux.train.data;

/**
 * Samples by number. May be used by many threads; the same number gives the same sample every time,
 * so that a run can be resumed from numbers alone.
 */
public interface Source extends AutoCloseable {
  /** What it is called in mixtures, reports and saved states; unique within a run. */
  String name();

  /** How many samples it has. */
  long size();

  /**
   * One sample.
   *
   * @param index from 0
   * @throws BadRecordException where this one cannot be read; others may
   */
  Sample sample(long index);

  /**
   * How many neighbours are cheap to read one after the other. Shuffling keeps as many together:
   * runs change places, and samples within their run.
   */
  default int run() {
    return 1;
  }

  /** Frees files. */
  @Override
  default void close() {}
}
