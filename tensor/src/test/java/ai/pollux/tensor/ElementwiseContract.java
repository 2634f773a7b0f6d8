package ai.pollux.tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations on each value alone. */
public interface ElementwiseContract extends UnderTest {
  @Test
  default void sumsProductsAndMultiplesAreExact() {
    for (int width : Samples.lengths()) {
      for (int rows : new int[] {1, 3}) {
        exact(rows, width, Samples.normal(1, rows * width), Samples.normal(2, rows * width));
        exact(rows, width, Samples.extreme(1, rows * width), Samples.extreme(2, rows * width));
      }
    }
  }

  private void exact(int rows, int width, float[] a, float[] b) {
    Shape shape = Shape.of(rows, width);
    String size = " of " + shape;
    holdsExactly(
        "add" + size, (backend, ops) -> ops.add(ops.tensor(shape, a), ops.tensor(shape, b)));
    holdsExactly(
        "multiply" + size,
        (backend, ops) -> ops.multiply(ops.tensor(shape, a), ops.tensor(shape, b)));
    holdsExactly("scale" + size, (backend, ops) -> ops.scale(ops.tensor(shape, a), 0.7f));
    holdsExactly("clamp" + size, (backend, ops) -> ops.clamp(ops.tensor(shape, a), -0.5f, 1e10f));
    Shape vector = Shape.of(width);
    float[] v = Samples.rows(b, width, 0, 1);
    holdsExactly(
        "add a vector" + size,
        (backend, ops) -> ops.add(ops.tensor(shape, a), ops.tensor(vector, v)));
    holdsExactly(
        "multiply by a gain" + size,
        (backend, ops) -> ops.multiply(ops.tensor(shape, a), backend.tensor(vector, v)));
  }

  /**
   * Tolerance: the sigmoid or tanh inside is off by FUNCTION, and x multiplies it (nothing does in
   * SIGMOID and TANH themselves).
   */
  @ParameterizedTest
  @EnumSource
  default void activationsFollowTheirFormulas(Activation activation) {
    for (int width : Samples.lengths()) {
      float[] x = Samples.normal(width, 3 * width);
      for (float factor : new float[] {1e-20f, 1e-3f, 1, 10, 1e4f, 1e30f}) {
        float[] scaled = x.clone();
        for (int i = 0; i < scaled.length; i++) {
          scaled[i] *= factor;
        }
        boolean bounded = activation == Activation.SIGMOID || activation == Activation.TANH;
        holds(
            activation + " of " + width,
            (backend, ops) -> ops.activate(ops.tensor(Shape.of(3, width), scaled), activation),
            i ->
                activation == Activation.RELU ? 0 : FUNCTION * (bounded ? 1 : Math.abs(scaled[i])));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  default void activationsPassNanOnAndSettleAtInfinity(Activation activation) {
    float[] x = new float[40];
    x[3] = Float.NaN;
    x[37] = Float.NaN;
    x[17] = Float.POSITIVE_INFINITY;
    boolean settlesBelow = activation != Activation.GELU_TANH && activation != Activation.SILU;
    x[18] = settlesBelow ? Float.NEGATIVE_INFINITY : 0;
    holds(
        activation.name(),
        (backend, ops) -> ops.activate(ops.tensor(Shape.of(40), x), activation),
        i -> activation == Activation.RELU ? 0 : FUNCTION);
  }

  /** Tolerance: that of the activation, times |up|, and the product's own rounding. */
  @ParameterizedTest
  @EnumSource
  default void gatedIsTheActivationTimesTheOther(Activation activation) {
    for (int width : Samples.lengths()) {
      float[] gate = Samples.normal(width, 3 * width);
      float[] up = Samples.normal(width + 1, 3 * width);
      Shape shape = Shape.of(3, width);
      holds(
          activation + " gate of " + width,
          (backend, ops) -> ops.gated(ops.tensor(shape, gate), ops.tensor(shape, up), activation),
          i -> FUNCTION * Math.max(1, Math.abs(gate[i])) * Math.abs(up[i]));
    }
  }

  /** Tolerance: tanh is off by FUNCTION, and the cap multiplies it. */
  @Test
  default void softcapBendsTowardsTheCap() {
    for (int width : Samples.lengths()) {
      float[] x = Samples.normal(width, 2 * width);
      for (float cap : new float[] {0.5f, 30}) {
        holds(
            "softcap " + cap + " of " + width,
            (backend, ops) -> ops.softcap(ops.tensor(Shape.of(2, width), x), cap),
            i -> cap * FUNCTION);
      }
    }
    float[] ends = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f, 0};
    holds(
        "softcap at the ends",
        (backend, ops) -> ops.softcap(ops.tensor(Shape.of(5), ends), 30),
        i -> 30 * FUNCTION);
  }

  @Test
  default void refusesShapesThatDiffer() {
    Shape two = Shape.of(2, 4);
    Shape three = Shape.of(3, 4);
    refusal((b, ops) -> ops.add(ops.tensor(two, new float[8]), ops.tensor(three, new float[12])))
        .hasMessage("add: expected two tensors of one shape, found [2, 4] and [3, 4]");
    refusal((b, ops) ->
            ops.multiply(ops.tensor(two, new float[8]), ops.tensor(Shape.of(5), new float[5])))
        .hasMessage("multiply: expected a vector of 4, found 5");
    refusal((b, ops) ->
            ops.gated(
                ops.tensor(two, new float[8]), ops.tensor(three, new float[12]), Activation.SILU))
        .hasMessageContaining("expected two tensors of one shape, found [2, 4] and [3, 4]");
    refusal((b, ops) -> ops.clamp(ops.tensor(two, new float[8]), 1, -1))
        .hasMessage("clamp: expected a range from low to high, found 1.0 to -1.0");
    refusal((b, ops) -> ops.softcap(ops.tensor(two, new float[8]), 0))
        .hasMessage("softcap: expected a cap above 0, found 0.0");
  }
}
