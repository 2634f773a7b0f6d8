package ai.pollux.train.data.encode;

import ai.pollux.model.MediaInput;

/**
 * What an encoder reads, and whose places its rows take.
 *
 * @param input of the model's encoder
 * @param row the first of its rows
 * @param count how many rows it has
 */
public record PlacedInput(MediaInput input, int row, int count) {
  /** Whether its rows look at each other, where the model lets them: all media but sounds. */
  public boolean isBlock() {
    return !(input instanceof MediaInput.Sound);
  }

  /** Its rows, as {@code Ops.place} takes them. */
  public int[] rows() {
    int[] rows = new int[count];
    for (int i = 0; i < count; i++) {
      rows[i] = row + i;
    }
    return rows;
  }

  /** The same, {@code by} rows further. */
  public PlacedInput moved(int by) {
    return new PlacedInput(input, row + by, count);
  }
}
