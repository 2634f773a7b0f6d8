package ai.pollux.tensor;

import java.util.Arrays;

/**
 * Rows without memory: sequences that begin anywhere, with media blocks.
 *
 * @param starts the position of each sequence's first row
 * @param lengths its rows
 * @param lastVisible of each row
 */
public record StepPast(int[] starts, int[] lengths, int[] lastVisible) implements Past {
  /** Sequences of text. */
  public static StepPast of(int[] starts, int[] lengths) {
    int[] positions = new int[Arrays.stream(lengths).sum()];
    int row = 0;
    for (int s = 0; s < lengths.length; s++) {
      for (int i = 0; i < lengths[s]; i++) {
        positions[row++] = starts[s] + i;
      }
    }
    return new StepPast(starts, lengths, positions);
  }

  /** The same, but positions {@code from … to} of a sequence see each other. */
  public StepPast withBlock(int sequence, int from, int to) {
    int[] last = lastVisible.clone();
    for (int row = firstRow(sequence); row < firstRow(sequence + 1); row++) {
      if (position(row) >= from && position(row) <= to) {
        last[row] = to;
      }
    }
    return new StepPast(starts, lengths, last);
  }

  @Override
  public int rows() {
    return lastVisible.length;
  }

  @Override
  public int sequences() {
    return lengths.length;
  }

  @Override
  public int firstRow(int sequence) {
    return Arrays.stream(lengths, 0, sequence).sum();
  }

  @Override
  public int position(int row) {
    int sequence = 0;
    while (firstRow(sequence + 1) <= row) {
      sequence++;
    }
    return starts[sequence] + row - firstRow(sequence);
  }

  @Override
  public int lastVisible(int row) {
    return lastVisible[row];
  }
}
