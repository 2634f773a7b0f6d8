package ai.pollux.train.data.batch;

import ai.pollux.tensor.Past;
import ai.pollux.train.data.encode.PlacedInput;
import java.util.List;

/** A step's rows without memory, with blocks of media. */
record BatchPast(Past packed, int[] lastVisible) implements Past {
  static BatchPast of(int[] lengths, List<PlacedInput> media) {
    Past packed = Past.packed(lengths);
    int[] last = new int[packed.rows()];
    for (int row = 0; row < last.length; row++) {
      last[row] = packed.position(row);
    }
    for (PlacedInput medium : media) {
      int end = medium.row() + medium.count() - 1;
      for (int row = medium.row(); medium.isBlock() && row <= end; row++) {
        last[row] = packed.position(end);
      }
    }
    return new BatchPast(packed, last);
  }

  @Override
  public int rows() {
    return packed.rows();
  }

  @Override
  public int sequences() {
    return packed.sequences();
  }

  @Override
  public int firstRow(int sequence) {
    return packed.firstRow(sequence);
  }

  @Override
  public int position(int row) {
    return packed.position(row);
  }

  @Override
  public int lastVisible(int row) {
    return lastVisible[row];
  }
}
