package ai.pollux.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.tensor.Samples.WeightCase;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link Ops#linear} over every format and form of weight. */
public interface LinearContract extends UnderTest {
  /** Rows of weights: around every tile of 16 or 32 that a kernel may interleave. */
  private static int[] outputs() {
    return new int[] {1, 3, 16, 31, 48, 65};
  }

  /** Names of all formats. */
  static Stream<String> formats() {
    return Formats.ALL.stream().map(BlockFormat::name);
  }

  @ParameterizedTest
  @MethodSource("ai.pollux.tensor.LinearContract#formats")
  default void linearIsTheMatrixProduct(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    for (int in : Samples.inputs(format)) {
      for (int out : in % 16 == 0 || in < 3 ? outputs() : new int[] {5}) {
        for (WeightCase weight : Samples.forms(Samples.stored(in, format, out, in))) {
          for (int rows : new int[] {1, 2, 5, 33}) {
            product(weight, Samples.normal(rows, rows * in), rows);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ai.pollux.tensor.LinearContract#formats")
  default void linearTakesAnyNumberOfRows(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int in = format.blockSize() == 1 ? 50 : 2 * format.blockSize();
    for (WeightCase weight : Samples.forms(Samples.stored(7, format, 35, in))) {
      product(weight, new float[0], 0);
      for (int rows : Samples.rowCounts()) {
        product(weight, Samples.normal(rows, rows * in), rows);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("ai.pollux.tensor.LinearContract#formats")
  default void linearTakesLargeAndSmallMagnitudes(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int in = format.blockSize() == 1 ? 35 : format.blockSize();
    for (WeightCase weight : Samples.forms(Samples.stored(8, format, 17, in))) {
      for (float factor : new float[] {1e-30f, 1e-10f, 1e10f, 1e30f}) {
        float[] x = Samples.normal(5, 3 * in);
        for (int i = 0; i < x.length; i++) {
          x[i] *= factor;
        }
        product(weight, x, 3);
      }
    }
  }

  private void product(WeightCase weight, float[] x, int rows) {
    int in = weight.stored().in();
    holds(
        "linear of %d rows with %s".formatted(rows, weight),
        (backend, ops) -> ops.linear(ops.tensor(Shape.of(rows, in), x), weight.on(backend, ops)),
        tolerance(weight, x));
  }

  /**
   * Tolerance: a sum of n products in any order is off by n units of Σ|x·w|. A blockwise format may
   * be summed as d·Σq·x + m·Σx, whose parts are at most three times the row's largest weight.
   * Inputs that are rounded first err by a part of the row's largest.
   */
  private IntToDoubleFunction tolerance(WeightCase weight, float[] x) {
    int in = weight.stored().in();
    int out = weight.stored().out();
    boolean plain = weight.stored().format().blockSize() == 1;
    double rounding = inputRounding(weight.stored());
    float[] values = weight.values();
    return i -> {
      float[] row = Samples.rows(x, in, i / out, 1);
      float[] w = Samples.rows(values, in, i % out, 1);
      double most = Samples.largest(w);
      double products = 0;
      double weights = 0;
      for (int j = 0; j < in; j++) {
        products += Math.abs((double) row[j]) * (plain ? Math.abs(w[j]) : 3 * most);
        weights += Math.abs(w[j]);
      }
      return (in + 8) * UNIT * products
          + rounding * Samples.largest(row) * weights
          + in * Float.MIN_NORMAL;
    };
  }

  @ParameterizedTest
  @MethodSource("ai.pollux.tensor.LinearContract#formats")
  default void aRowGivesTheSameBitsAloneAndAmongOthers(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int in = format.blockSize() == 1 ? 67 : 3 * format.blockSize();
    int out = 37;
    float[] x = Samples.normal(11, 33 * in);
    for (WeightCase weight : Samples.forms(Samples.stored(11, format, out, in))) {
      float[] all = linear(weight, x, 33);
      for (int rows : Samples.rowCounts()) {
        for (int from : new int[] {0, 33 - rows}) {
          Closeness.same(
              "rows %d to %d of 33 with %s".formatted(from, from + rows - 1, weight),
              Samples.rows(all, out, from, rows),
              linear(weight, Samples.rows(x, in, from, rows), rows));
        }
      }
    }
  }

  private float[] linear(WeightCase weight, float[] x, int rows) {
    Shape shape = Shape.of(rows, weight.stored().in());
    return found((backend, ops) -> ops.linear(ops.tensor(shape, x), weight.on(backend, ops)));
  }

  @ParameterizedTest
  @MethodSource("ai.pollux.tensor.LinearContract#formats")
  default void aNanInARowSpoilsThatRowAndNoOther(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int in = format.blockSize() == 1 ? 21 : format.blockSize();
    int out = 19;
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      for (int rows : new int[] {1, 3, 9}) {
        float[] x = Samples.normal(12, rows * in);
        x[in / 2] = bad;
        for (WeightCase weight : Samples.forms(Samples.stored(12, format, out, in))) {
          float[] y = linear(weight, x, rows);
          for (int i = 0; i < y.length; i++) {
            assertThat(Float.isFinite(y[i]))
                .as("output %d of %s with %s", i, weight, bad)
                .isEqualTo(i >= out);
          }
        }
      }
    }
  }

  @Test
  default void aNanInAWeightSpoilsItsOutputAndNoOther() {
    float[] values = Samples.normal(13, 20 * 18);
    values[7 * 18 + 17] = Float.NaN;
    float[] x = Samples.normal(14, 2 * 18);
    for (BlockFormat format : List.of(Formats.F32, Formats.F16, Formats.BF16)) {
      for (WeightCase weight : Samples.forms(Samples.stored(values, format, 20, 18))) {
        float[] y = linear(weight, x, 2);
        for (int i = 0; i < y.length; i++) {
          assertThat(Float.isNaN(y[i])).as("output %d of %s", i, weight).isEqualTo(i % 20 == 7);
        }
      }
    }
  }

  /**
   * Tolerance: the base's and the factors' sums are off by as many units as they have terms, of the
   * largest they can be.
   */
  @ParameterizedTest
  @MethodSource("ai.pollux.tensor.LinearContract#formats")
  default void lowRankAddsItsProductToTheBase(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int in = format.blockSize() == 1 ? 21 : format.blockSize();
    float[] down = Samples.normal(15, 3 * in);
    float[] up = Samples.normal(16, 18 * 3);
    float[] x = Samples.normal(17, 5 * in);
    double factors = 0.5 * 3 * in * largest(down, up, x);
    for (WeightCase base : Samples.forms(Samples.stored(18, format, 18, in))) {
      IntToDoubleFunction ofBase = tolerance(base, x);
      holds(
          "low rank over " + base,
          (backend, ops) ->
              ops.linear(
                  ops.tensor(Shape.of(5, in), x),
                  new Weight.LowRank(
                      base.on(backend, ops),
                      backend.tensor(Shape.of(3, in), down),
                      backend.tensor(Shape.of(18, 3), up),
                      0.5f)),
          i -> ofBase.applyAsDouble(i) + (in + 3 + 8) * UNIT * factors);
    }
  }

  private static double largest(float[]... arrays) {
    double product = 1;
    for (float[] array : arrays) {
      product *= Samples.largest(array);
    }
    return product;
  }

  @Test
  default void linearRefusesInputsOfAnotherSize() {
    Weight.Stored stored = Samples.stored(19, Formats.Q8_0, 4, 64);
    for (WeightCase weight : Samples.forms(stored)) {
      refusal((b, ops) -> ops.linear(ops.tensor(Shape.of(2, 32), new float[64]), weight.on(b, ops)))
          .hasMessage("linear: expected inputs 64, found 32");
      refusal((b, ops) -> ops.linear(ops.tensor(Shape.of(64), new float[64]), weight.on(b, ops)))
          .hasMessage("linear: expected a tensor of rank 2, found shape [64]");
    }
  }

  @Test
  default void linearRefusesAWeightThatAnotherBackendPacked() {
    refusal((b, ops) ->
            ops.linear(ops.tensor(Shape.of(1, 2), new float[2]), new ForeignWeight(3, 2)))
        .hasMessageContaining("linear: the weight was packed by another backend")
        .hasMessageContaining("pack it with the one that computes");
  }

  /** A weight in nobody's layout. */
  record ForeignWeight(int out, int in) implements Weight.Packed {
    @Override
    public BlockFormat format() {
      return Formats.F32;
    }
  }
}
