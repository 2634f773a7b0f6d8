package ai.pollux.tensor;

/**
 * Rows whose sequences have pages of a cache.
 *
 * @param step which rows, at which positions
 * @param window of the layers; a page wholly before it was given back and has no number
 * @param pages {@code pages[sequence][block]}
 */
public record PagedPast(StepPast step, KvCache cache, int window, int[][] pages)
    implements CachedPast {
  /** What stands for a page that was given back. */
  private static final int GONE = -1;

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
    return step.lastVisible(row);
  }

  @Override
  public int page(int group, int sequence, int block) {
    long firstSeen = (long) step.starts()[sequence] - window + 1;
    long lastInBlock = (block + 1L) * cache.layout().pageSize() - 1;
    return lastInBlock < firstSeen ? GONE : pages[sequence][block];
  }
}
