package ai.pollux.engine.schedule;

import ai.pollux.engine.cache.PageCopies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of one step: of each sequence, tokens from where it stands. Reused by every step: valid
 * until the next is planned.
 */
public final class StepPlan {
  private final List<Sequence> sequences = new ArrayList<>();
  private final PageCopies copies = new PageCopies();
  private int[] firstRows = new int[9];

  /** T. */
  public int rows() {
    return firstRows[sequences.size()];
  }

  /** How many sequences take part. */
  public int sequences() {
    return sequences.size();
  }

  /** One of them. */
  public Sequence sequence(int index) {
    return sequences.get(index);
  }

  /** The first row of a sequence; {@code firstRow(sequences())} is {@link #rows()}. */
  public int firstRow(int index) {
    return firstRows[index];
  }

  /** The position of a sequence's first row. */
  public int firstPosition(int index) {
    return sequences.get(index).computed;
  }

  /** Whether a sequence's last row is its last token, so that the next one is sampled from it. */
  public boolean isSampled(int index) {
    return rows(index) == sequences.get(index).remaining();
  }

  /** What to copy before the step. */
  public PageCopies copies() {
    return copies;
  }

  int rows(int index) {
    return firstRows[index + 1] - firstRows[index];
  }

  void clear() {
    sequences.clear();
    copies.clear();
  }

  void add(Sequence sequence, int rows) {
    sequences.add(sequence);
    int count = sequences.size();
    if (count == firstRows.length) {
      firstRows = Arrays.copyOf(firstRows, 2 * count);
    }
    firstRows[count] = firstRows[count - 1] + rows;
  }
}
