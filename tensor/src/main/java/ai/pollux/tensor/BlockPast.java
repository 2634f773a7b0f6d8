package ai.pollux.tensor;

/**
 * A step whose rows may look at given positions.
 *
 * @param step whose sequences and positions it has
 * @param last the last visible position of each row
 */
record BlockPast(Past step, int[] last) implements Past {
  BlockPast {
    if (step instanceof CachedPast) {
      throw new IllegalArgumentException("lastVisible: expected a step without memory");
    }
    if (last.length != step.rows()) {
      throw new IllegalArgumentException(
          "lastVisible: expected one position for each of %d rows, found %d"
              .formatted(step.rows(), last.length));
    }
  }

  @Override
  public int rows() {
    return step.rows();
  }

  @Override
  public int sequences() {
    return step.sequences();
  }

  @Override
  public int firstRow(int sequence) {
    return step.firstRow(sequence);
  }

  @Override
  public int position(int row) {
    return step.position(row);
  }

  @Override
  public int lastVisible(int row) {
    return last[row];
  }
}
