package ai.pollux.tensor;

/** Whole sequences side by side, without memory. */
final class PackedPast implements Past {
  private final int[] firstRows;
  private final int[] positions;
  private final int[] lastVisible;

  /**
   * Sequences of these lengths.
   *
   * @param looksAhead whether a row may look at its whole sequence
   */
  PackedPast(boolean looksAhead, int... lengths) {
    firstRows = new int[lengths.length + 1];
    for (int s = 0; s < lengths.length; s++) {
      if (lengths[s] < 0) {
        throw new IllegalArgumentException(
            "sequence " + s + ": expected a length of 0 or more, found " + lengths[s]);
      }
      firstRows[s + 1] = firstRows[s] + lengths[s];
    }
    positions = new int[firstRows[lengths.length]];
    lastVisible = new int[positions.length];
    for (int s = 0; s < lengths.length; s++) {
      for (int row = firstRows[s]; row < firstRows[s + 1]; row++) {
        positions[row] = row - firstRows[s];
        lastVisible[row] = looksAhead ? lengths[s] - 1 : positions[row];
      }
    }
  }

  @Override
  public int rows() {
    return positions.length;
  }

  @Override
  public int sequences() {
    return firstRows.length - 1;
  }

  @Override
  public int firstRow(int sequence) {
    return firstRows[sequence];
  }

  @Override
  public int position(int row) {
    return positions[row];
  }

  @Override
  public int lastVisible(int row) {
    return lastVisible[row];
  }
}
