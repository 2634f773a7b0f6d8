package ai.pollux.tensor;

/**
 * The rows of a step: which sequence each belongs to, where it stands there, and what it may look
 * at.
 *
 * <p>Rows of a sequence are adjacent and their positions consecutive. Row {@code r} attends to the
 * keys of its own sequence at positions {@code p} with {@code position(r) - window < p <=
 * lastVisible(r)}, or up to itself in layers that do not look ahead.
 *
 * <p>A {@code Past} that is not a {@link CachedPast} has no memory: rows see only rows of the same
 * step. That is training, and the simplest form of inference.
 */
public interface Past {
  /** T: the rows of the step. */
  int rows();

  /** How many sequences the step holds. */
  int sequences();

  /** The first row of a sequence; {@code firstRow(sequences())} is {@link #rows()}. */
  int firstRow(int sequence);

  /** Where a row stands in its sequence, from 0. */
  int position(int row);

  /**
   * The last position a row may look at in layers that look ahead ({@link
   * AttentionSpec#looksAhead}): its own, or the end of its media block. Never beyond the last row
   * of its sequence in this step, which therefore holds such blocks whole.
   */
  default int lastVisible(int row) {
    return position(row);
  }

  /**
   * The same step without memory, where each row may look at these positions of its sequence: the
   * ends of media blocks.
   */
  default Past withLastVisible(int[] last) {
    return new BlockPast(this, last);
  }

  /** Sequences of these lengths, each from position 0, without memory. */
  static Past packed(int... lengths) {
    return new PackedPast(false, lengths);
  }

  /** The same, where every row may look at its whole sequence: an encoder's step. */
  static Past bidirectional(int... lengths) {
    return new PackedPast(true, lengths);
  }
}
