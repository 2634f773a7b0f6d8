package ai.pollux.model.nn;

import ai.pollux.tensor.Tensor;

/** The check at a layer's entry. */
final class Expect {
  private Expect() {}

  /**
   * Refuses anything but a matrix of {@code columns} columns.
   *
   * @param layer the layer's name in the checkpoint, in our words
   */
  static void columns(String layer, Tensor x, int columns) {
    if (x.rank() != 2 || x.size(1) != columns) {
      throw new IllegalArgumentException(
          "%s: expected input [T, %d], found %s".formatted(layer, columns, x.shape()));
    }
  }
}
