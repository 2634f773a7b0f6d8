package ai.pollux.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Making tensors and looking at the same values in another way. */
public interface TensorContract extends UnderTest {
  @Test
  default void aTensorKnowsItsShapeAndGivesItsValuesBack() {
    float[] values = Samples.normal(1, 24);
    try (Ops ops = backend().open()) {
      Tensor tensor = ops.tensor(Shape.of(2, 3, 4), values);
      assertThat(tensor.shape()).isEqualTo(Shape.of(2, 3, 4));
      assertThat(tensor.rank()).isEqualTo(3);
      assertThat(tensor.size(-1)).isEqualTo(4);
      assertThat(tensor.elements()).isEqualTo(24);
      assertThat(tensor.toArray()).containsExactly(values);
      float[] part = new float[5];
      tensor.copyTo(7, part, 1, 3);
      assertThat(part).containsExactly(0, values[7], values[8], values[9], 0);
    }
  }

  @Test
  default void aTensorDoesNotChangeWithTheArrayItWasMadeFrom() {
    float[] values = {1, 2};
    try (Ops ops = backend().open()) {
      Tensor ofStep = ops.tensor(Shape.of(2), values);
      Tensor ofBackend = backend().tensor(Shape.of(2), values);
      values[0] = 7;
      assertThat(ofStep.toArray()).containsExactly(1, 2);
      assertThat(ofBackend.toArray()).containsExactly(1, 2);
    }
  }

  @Test
  default void aTensorOfTheBackendOutlivesSteps() {
    Tensor gain = backend().tensor(Shape.of(3), new float[] {1, 2, 3});
    for (int step = 0; step < 3; step++) {
      try (Ops ops = backend().open()) {
        Tensor x = ops.tensor(Shape.of(1, 3), new float[] {2, 2, 2});
        assertThat(ops.multiply(x, gain).toArray()).containsExactly(2, 4, 6);
      }
    }
    assertThat(gain.toArray()).containsExactly(1, 2, 3);
  }

  @Test
  default void operationsLeaveTheirArgumentsAsTheyWere() {
    float[] values = Samples.normal(2, 12);
    try (Ops ops = backend().open()) {
      Tensor x = ops.tensor(Shape.of(3, 4), values);
      Tensor gain = ops.tensor(Shape.of(4), new float[] {2, 3, 4, 5});
      ops.add(x, x);
      ops.scale(x, 2);
      ops.gated(x, x, Activation.SILU);
      ops.rmsNorm(x, gain, 1e-6f);
      ops.softmax(x);
      ops.rope(ops.reshape(x, 3, 1, 4), Rope.standard(4, 10_000), Past.packed(3));
      assertThat(x.toArray()).containsExactly(values);
      assertThat(gain.toArray()).containsExactly(2, 3, 4, 5);
    }
  }

  @Test
  default void reshapeKeepsTheValues() {
    float[] values = Samples.normal(3, 24);
    try (Ops ops = backend().open()) {
      Tensor x = ops.tensor(Shape.of(2, 12), values);
      Tensor heads = ops.reshape(x, 2, 3, 4);
      assertThat(heads.shape()).isEqualTo(Shape.of(2, 3, 4));
      assertThat(heads.toArray()).containsExactly(values);
      Tensor flat = ops.reshape(heads, 6, 4);
      assertThat(flat.shape()).isEqualTo(Shape.of(6, 4));
      assertThat(flat.toArray()).containsExactly(values);
    }
  }

  @Test
  default void rowsAreTakenInAnyOrderAndMoreThanOnce() {
    for (int width : Samples.lengths()) {
      float[] x = Samples.normal(width, 5 * width);
      int[] rows = {4, 0, 0, 2};
      holdsExactly(
          "rows of " + width, (backend, ops) -> ops.rows(ops.tensor(Shape.of(5, width), x), rows));
      holdsExactly(
          "no rows of " + width,
          (backend, ops) -> ops.rows(ops.tensor(Shape.of(5, width), x), new int[0]));
    }
  }

  @Test
  default void placedRowsReplaceTheOnesNamed() {
    for (int width : Samples.lengths()) {
      float[] x = Samples.normal(width, 5 * width);
      float[] values = Samples.normal(width + 1, 3 * width);
      holdsExactly(
          "rows of " + width,
          (backend, ops) ->
              ops.place(
                  ops.tensor(Shape.of(5, width), x),
                  new int[] {4, 0, 4},
                  ops.tensor(Shape.of(3, width), values)));
      holdsExactly(
          "no rows of " + width,
          (backend, ops) ->
              ops.place(
                  ops.tensor(Shape.of(5, width), x),
                  new int[0],
                  ops.tensor(Shape.of(0, width), new float[0])));
    }
  }

  @Test
  default void refusesToPlaceRowsThatDoNotFit() {
    refusal((backend, ops) -> place(ops, new int[] {2}, Shape.of(1, 4)))
        .hasMessage("place: expected rows from 0 to 1, found 2");
    refusal((backend, ops) -> place(ops, new int[] {0}, Shape.of(2, 4)))
        .hasMessage("place: expected rows of values 1, found 2");
    refusal((backend, ops) -> place(ops, new int[] {0}, Shape.of(1, 3)))
        .hasMessage("place: expected columns of the values 4, found 3");
  }

  private static Tensor place(Ops ops, int[] rows, Shape values) {
    return ops.place(
        ops.tensor(Shape.of(2, 4), new float[8]),
        rows,
        ops.tensor(values, new float[(int) values.elements()]));
  }

  @Test
  default void columnsAreCutFromEveryRow() {
    float[] x = Samples.normal(4, 3 * 40);
    for (int from = 0; from <= 40; from += 3) {
      for (int count = 0; count <= 40 - from; count++) {
        int first = from;
        int size = count;
        holdsExactly(
            count + " columns from " + from,
            (backend, ops) -> ops.columns(ops.tensor(Shape.of(3, 40), x), first, size));
      }
    }
  }

  @Test
  default void refusesViewsThatDoNotFit() {
    refusal((backend, ops) -> ops.reshape(ops.tensor(Shape.of(2, 4), new float[8]), 2, 3))
        .hasMessageContaining("reshape: expected a shape of 8 values like [2, 4], found [2, 3]");
    refusal((backend, ops) -> ops.reshape(ops.tensor(Shape.of(2, 4), new float[8]), 2, 2, 3))
        .hasMessageContaining("reshape: expected a shape of 8 values like [2, 4], found [2, 2, 3]");
    refusal((backend, ops) -> ops.rows(ops.tensor(Shape.of(2, 4), new float[8]), new int[] {2}))
        .hasMessage("rows: expected rows from 0 to 1, found 2");
    refusal((backend, ops) -> ops.rows(ops.tensor(Shape.of(2, 4), new float[8]), new int[] {-1}))
        .hasMessage("rows: expected rows from 0 to 1, found -1");
    refusal((backend, ops) -> ops.columns(ops.tensor(Shape.of(2, 4), new float[8]), 3, 2))
        .hasMessage("columns: expected a part of the 4 columns, found 2 columns from 3 on");
    refusal((backend, ops) -> ops.columns(ops.tensor(Shape.of(8), new float[8]), 0, 2))
        .hasMessage("columns: expected a tensor of rank 2, found shape [8]");
    refusal((backend, ops) -> ops.tensor(Shape.of(2, 4), new float[7]))
        .hasMessage("a tensor [2, 4] has 8 values, found 7");
  }
}
