package ai.pollux.train.tokenizer;

/** Is told how training goes on, in the thread that called {@link BpeTrainer#train}. */
public interface BpeProgress {
  /** Says nothing. */
  BpeProgress SILENT = new BpeProgress() {};

  /** More text was counted: all characters so far, and the different chunks kept of them. */
  default void counted(long characters, int chunks) {}

  /**
   * A piece was learned: the {@code number}th of at most {@code wanted}, seen {@code count} times.
   */
  default void learned(int number, int wanted, String piece, long count) {}
}
