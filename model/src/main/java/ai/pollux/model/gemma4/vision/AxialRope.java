package ai.pollux.model.gemma4.vision;

import ai.pollux.model.nn.Turn;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Tensor;

/**
 * Rotary positions on a grid: the first half of each head is turned by the column of its patch, the
 * second by the row. To {@link Ops#rope} each half of a head is a row of its own, of which this
 * says the position; so it is made once for an image, and its cosines are computed once.
 *
 * @param rope of half a head
 * @param columns of each patch
 * @param lines the rows of the grid, of each patch
 * @param heads H
 */
record AxialRope(Rope rope, int[] columns, int[] lines, int heads) implements Turn, Past {
  @Override
  public Tensor apply(Ops ops, Tensor x) {
    int headSize = x.size(2);
    Tensor halves = ops.reshape(x, rows(), 1, headSize / 2); // [T·H·2, 1, K/2]
    return ops.reshape(ops.rope(halves, rope, this), x.size(0), heads, headSize);
  }

  @Override
  public int rows() {
    return 2 * heads * columns.length;
  }

  @Override
  public int sequences() {
    return 1;
  }

  @Override
  public int firstRow(int sequence) {
    return sequence == 0 ? 0 : rows();
  }

  @Override
  public int position(int row) {
    int patch = row / (2 * heads);
    return row % 2 == 0 ? columns[patch] : lines[patch];
  }
}
