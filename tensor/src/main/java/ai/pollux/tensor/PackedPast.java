package ai.pollux.tensor;

/** Whole sequences side by side, without memory. */
final class PackedPast implements Past {
  private final int[] firstRows;
  private final int[] positions;

  PackedPast(int... lengths) {
    firstRows = new int[lengths.length + 1];
    for (int s = 0; s < lengths.length; s++) {
      if (lengths[s] < 0) {
        throw new IllegalArgumentException(
            "sequence " + s + ": expected a length of 0 or more, found " + lengths[s]);
      }
      firstRows[s + 1] = firstRows[s] + lengths[s];
    }
    positions = new int[firstRows[lengths.length]];
    for (int s = 0; s < lengths.length; s++) {
      for (int row = firstRows[s]; row < firstRows[s + 1]; row++) {
        positions[row] = row - firstRows[s];
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
}
