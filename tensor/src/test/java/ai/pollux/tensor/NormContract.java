package ai.pollux.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Operations over the innermost axis. */
public interface NormContract extends UnderTest {
  /**
   * Tolerance: a sum of n squares in any order is off by n units, its root by half of that; square,
   * mean, root, quotient and gain round once each.
   */
  @Test
  default void rmsNormDividesByTheRootMeanSquare() {
    for (int width : Samples.lengths()) {
      for (int rows : Samples.rowCounts()) {
        for (float magnitude : new float[] {1e-20f, 1, 1e15f}) {
          float[] x = scaled(Samples.normal(width * 31L + rows, rows * width), magnitude);
          float[] gain = Samples.normal(9, width);
          float[] expected = UnderTest.expected(rmsNorm(rows, width, x, gain));
          holds(
              "rmsNorm of [%d, %d] · %s".formatted(rows, width, magnitude),
              rmsNorm(rows, width, x, gain),
              i -> (width + 8) * UNIT * Math.abs(expected[i]) + Float.MIN_NORMAL);
        }
      }
    }
  }

  private static Computation rmsNorm(int rows, int width, float[] x, float[] gain) {
    return (backend, ops) ->
        ops.rmsNorm(
            ops.tensor(Shape.of(rows, width), x), backend.tensor(Shape.of(width), gain), 1e-6f);
  }

  /** Tolerance: as with a gain. */
  @Test
  default void rmsNormWithoutGainWorksOnHeadsToo() {
    for (int width : Samples.lengths()) {
      float[] x = Samples.normal(width, 3 * 2 * width);
      Computation norm = (backend, ops) -> ops.rmsNorm(ops.tensor(Shape.of(3, 2, width), x), 1e-5f);
      float[] expected = UnderTest.expected(norm);
      holds("rmsNorm of heads", norm, i -> (width + 8) * UNIT * Math.abs(expected[i]));
    }
  }

  /**
   * Tolerance: the mean is off by n units of the largest |x|, which dividing by the deviation and
   * multiplying by the gain carry on; the bias rounds once.
   */
  @Test
  default void layerNormTakesTheMeanAway() {
    for (int width : Samples.lengths()) {
      float[] x = Samples.normal(width, 5 * width);
      for (int i = 0; i < x.length; i++) {
        x[i] = x[i] * 3 + 2;
      }
      float[] gain = Samples.normal(width + 1, width);
      float[] bias = Samples.normal(width + 2, width);
      Computation norm =
          (backend, ops) ->
              ops.layerNorm(
                  ops.tensor(Shape.of(5, width), x),
                  backend.tensor(Shape.of(width), gain),
                  backend.tensor(Shape.of(width), bias),
                  1e-5f);
      holds(
          "layerNorm of " + width,
          norm,
          i -> {
            double factor = 1 / Math.sqrt(variance(x, i / width * width, width) + 1e-5);
            double steps = 2 * (width + 8) * UNIT;
            return steps * (Samples.largest(x) * factor * Samples.largest(gain) + 3);
          });
    }
  }

  private static double variance(float[] x, int at, int width) {
    double sum = 0;
    double squares = 0;
    for (int i = at; i < at + width; i++) {
      sum += x[i];
      squares += (double) x[i] * x[i];
    }
    return Math.max(0, squares / width - sum / width * (sum / width));
  }

  /**
   * Tolerance: x - max rounds to one unit of itself, which e makes relative; exp is off by
   * FUNCTION, the sum of n by n units.
   */
  @Test
  default void softmaxSharesOneAmongTheRow() {
    for (int width : Samples.lengths()) {
      for (float spread : new float[] {0.01f, 1, 20}) {
        float[] x = scaled(Samples.normal(width, 4 * width), spread);
        Computation softmax = (b, ops) -> ops.softmax(ops.tensor(Shape.of(4, width), x));
        float[] expected = UnderTest.expected(softmax);
        double range = 2 * Samples.largest(x);
        double relative = 2 * FUNCTION + (width + 2 * range + 8) * UNIT;
        holds("softmax of " + width, softmax, i -> relative * expected[i] + Float.MIN_NORMAL);
      }
    }
  }

  @Test
  default void softmaxGivesMaskedValuesNothing() {
    float[] x = Samples.normal(3, 37);
    x[0] = Float.NEGATIVE_INFINITY;
    x[20] = Float.NEGATIVE_INFINITY;
    x[36] = Float.NEGATIVE_INFINITY;
    float[] shares = found((b, ops) -> ops.softmax(ops.tensor(Shape.of(1, 37), x)));
    assertThat(new float[] {shares[0], shares[20], shares[36]}).containsExactly(0, 0, 0);
    assertThat(shares[1]).isPositive();
  }

  /**
   * Row 0: mean 2, variance 1. Row 1: mean of 1, 3, 5, 11 is 5; squares from the means 1 + 1 + 0 +
   * 36, over 4 values. Tolerance: four roundings of numbers below 4.
   */
  @Test
  default void cumulativeNormCountsAllRowsSoFar() {
    float[] x = {1, 3, 5, 11};
    float[] expected = {-1, 1, 0, (float) (6 / Math.sqrt(9.5))};
    float[] found = found((b, ops) -> ops.cumulativeNorm(ops.tensor(Shape.of(2, 2), x), 0));
    Closeness.check("cumulativeNorm", expected, found, i -> 16 * UNIT);
    float[] longer = Samples.normal(3, 700 * 37);
    holds(
        "cumulativeNorm of many",
        (b, ops) -> ops.cumulativeNorm(ops.tensor(Shape.of(700, 37), longer), 1e-3f),
        i -> 16 * UNIT);
  }

  @Test
  default void aNanSpoilsItsRowAndNoOther() {
    for (int width : new int[] {1, 5, 16, 33}) {
      float[] x = Samples.normal(width, 3 * width);
      x[2 * width - 1] = Float.NaN;
      Shape shape = Shape.of(3, width);
      float[] ones = scaled(new float[width], 0);
      spoilsTheMiddle(width, found((b, ops) -> ops.softmax(ops.tensor(shape, x))));
      spoilsTheMiddle(width, found((b, ops) -> ops.rmsNorm(ops.tensor(shape, x), 1e-6f)));
      spoilsTheMiddle(
          width,
          found((b, ops) ->
              ops.layerNorm(
                  ops.tensor(shape, x),
                  b.tensor(Shape.of(width), ones),
                  b.tensor(Shape.of(width), ones),
                  1e-6f)));
    }
  }

  private static void spoilsTheMiddle(int width, float[] rows) {
    for (int i = 0; i < rows.length; i++) {
      assertThat(Float.isNaN(rows[i])).as("value %d", i).isEqualTo(i / width == 1);
    }
  }

  private static float[] scaled(float[] x, float factor) {
    for (int i = 0; i < x.length; i++) {
      x[i] *= factor;
    }
    return x;
  }

  @Test
  default void aRowIsNormedAlikeAloneAndAmongOthers() {
    for (int width : Samples.lengths()) {
      float[] x = Samples.normal(width, 9 * width);
      for (int row = 0; row < 9; row++) {
        float[] alone = Samples.rows(x, width, row, 1);
        Closeness.same(
            "rmsNorm of row " + row,
            found((b, ops) -> ops.rmsNorm(ops.tensor(Shape.of(1, width), alone), 1e-6f)),
            Samples.rows(
                found((b, ops) -> ops.rmsNorm(ops.tensor(Shape.of(9, width), x), 1e-6f)),
                width,
                row,
                1));
      }
    }
  }

  @Test
  default void refusesVectorsOfAnotherLength() {
    Shape shape = Shape.of(2, 4);
    refusal((b, ops) ->
            ops.rmsNorm(
                ops.tensor(shape, new float[8]), b.tensor(Shape.of(3), new float[3]), 1e-6f))
        .hasMessage("rmsNorm: expected a vector of 4, found 3");
    refusal((b, ops) ->
            ops.layerNorm(
                ops.tensor(shape, new float[8]),
                b.tensor(Shape.of(4), new float[4]),
                b.tensor(shape, new float[8]),
                1e-6f))
        .hasMessage("layerNorm: expected a tensor of rank 1, found shape [2, 4]");
  }
}
