package ai.pollux.content.tokenizer;

/** Which two neighbours become one symbol, and which such pair goes first. */
@FunctionalInterface
interface Merges {
  /** What {@link #find} returns for a pair that stays two. Above every merge. */
  long NONE = Long.MAX_VALUE;

  /**
   * {@code rank << 32 | merged} for two neighbouring symbols: the lowest rank is merged first, the
   * leftmost of equal ranks before the others. {@link #NONE} where the pair does not merge; always
   * so for negative symbols.
   */
  long find(int left, int right);

  /** A merge as {@link #find} returns it. */
  static long merge(int rank, int merged) {
    return ((long) rank << 32) | merged;
  }
}
