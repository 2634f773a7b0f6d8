package ai.pollux.model.nn;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import java.util.Arrays;

/**
 * The mean of each square of a grid.
 *
 * @param side of a square, in places
 */
public record GridPooling(int side) {
  /**
   * [N, D] → [N / side², D], row by row.
   *
   * @param columns where each row of {@code x} stands in the grid
   * @param rows likewise
   * @throws IllegalArgumentException if these are not the places of a whole grid that squares fill
   */
  public Tensor apply(Ops ops, Tensor x, int[] columns, int[] rows) {
    if (side == 1) {
      return x;
    }
    int[] order = squares(columns, rows);
    int count = side * side;
    int width = x.size(1);
    // Each row of this holds the places of one square, one after the other.
    Tensor squares = ops.reshape(ops.rows(x, order), order.length / count, count * width);
    Tensor sum = ops.columns(squares, 0, width);
    for (int place = 1; place < count; place++) {
      sum = ops.add(sum, ops.columns(squares, place * width, width));
    }
    return ops.scale(sum, 1f / count);
  }

  /** The places of the first square, then those of the second, as rows of the input. */
  private int[] squares(int[] columns, int[] rows) {
    int width = 1 + Arrays.stream(columns).max().orElse(-1);
    int height = 1 + Arrays.stream(rows).max().orElse(-1);
    int[] order = new int[columns.length];
    Arrays.fill(order, -1);
    boolean whole =
        (long) width * height == order.length && width % side == 0 && height % side == 0;
    for (int i = 0; whole && i < order.length; i++) {
      int square = rows[i] / side * (width / side) + columns[i] / side;
      int at = (square * side + rows[i] % side) * side + columns[i] % side;
      whole = at >= 0 && order[at] < 0;
      if (whole) {
        order[at] = i;
      }
    }
    if (!whole) {
      throw new IllegalArgumentException(
          "pooling: expected a whole grid with sides in multiples of %d, found %d places within %d x %d"
              .formatted(side, order.length, width, height));
    }
    return order;
  }
}
