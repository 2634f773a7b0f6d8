package ai.pollux.model.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.reference.ReferenceBackend;
import org.junit.jupiter.api.Test;

class GridPoolingTest {
  private static float[] pooled(int side, int[] columns, int[] rows, float... values) {
    try (Backend backend = new ReferenceBackend();
        Ops ops = backend.open()) {
      Shape shape = Shape.of(columns.length, values.length / columns.length);
      return new GridPooling(side).apply(ops, ops.tensor(shape, values), columns, rows).toArray();
    }
  }

  @Test
  void eachSquareBecomesItsMean() {
    int[] columns = {0, 1, 2, 3, 0, 1, 2, 3};
    int[] rows = {0, 0, 0, 0, 1, 1, 1, 1};
    assertThat(pooled(2, columns, rows, 1, 2, 10, 20, 3, 4, 30, 40)).containsExactly(2.5f, 25);
  }

  @Test
  void placesComeInAnyOrderAndResultsRowByRow() {
    int[] columns = {1, 0, 1, 0, 1, 0, 1, 0};
    int[] rows = {3, 3, 2, 2, 1, 1, 0, 0};
    float[] values = {5, 50, 6, 60, 7, 70, 8, 80, 1, 10, 2, 20, 3, 30, 4, 40};
    assertThat(pooled(2, columns, rows, values)).containsExactly(2.5f, 25, 6.5f, 65);
  }

  @Test
  void squaresOfOneLeaveAllAsItIs() {
    assertThat(pooled(1, new int[] {0, 7}, new int[] {0, 0}, 3, 4)).containsExactly(3, 4);
  }

  @Test
  void gridsThatSquaresDoNotFillAreRefused() {
    refused(new int[] {0, 1, 2}, new int[] {0, 0, 0}, "found 3 places within 3 x 1");
    refused(new int[] {0, 1, 0, 3}, new int[] {0, 0, 1, 1}, "found 4 places within 4 x 2");
    refused(new int[] {0, 1, 0, 0}, new int[] {0, 0, 1, 1}, "found 4 places within 2 x 2");
    refused(new int[] {0, 1, 0, -1}, new int[] {0, 0, 1, 1}, "found 4 places within 2 x 2");
  }

  private static void refused(int[] columns, int[] rows, String found) {
    assertThatThrownBy(() -> pooled(2, columns, rows, new float[columns.length]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pooling: expected a whole grid with sides in multiples of 2, %s".formatted(found));
  }
}
