package ai.pollux.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.tensor.Samples.WeightCase;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Ops#experts} and {@link Ops#route}. */
public interface ExpertContract extends UnderTest {
  /** Tolerance: that of softmax, and a sum of the kept shares. */
  @Test
  default void routeKeepsTheLargestShares() {
    for (int experts : Samples.lengths()) {
      for (int count : new int[] {1, 2, experts}) {
        if (count >= 1 && count <= experts) {
          float[] scores = Samples.normal(experts, 5 * experts);
          double relative = 4 * FUNCTION + (2 * experts + 16) * UNIT;
          Computation route =
              (b, ops) -> ops.route(ops.tensor(Shape.of(5, experts), scores), count);
          float[] expected = UnderTest.expected(route);
          holds("route to %d of %d".formatted(count, experts), route, i -> relative * expected[i]);
        }
      }
    }
  }

  @Test
  default void routeKeepsTheFirstOfEqualScores() {
    float[] scores = new float[20];
    float[] shares = found((b, ops) -> ops.route(ops.tensor(Shape.of(1, 20), scores), 2));
    assertThat(shares[0]).isEqualTo(0.5f);
    assertThat(shares[1]).isEqualTo(0.5f);
    for (int e = 2; e < 20; e++) {
      assertThat(shares[e]).isZero();
    }
  }

  @Test
  default void routeRefusesToKeepMoreThanThereAre() {
    refusal((b, ops) -> ops.route(ops.tensor(Shape.of(1, 4), new float[4]), 5))
        .hasMessage("route: expected to keep 1 to 4 experts, found 5");
    refusal((b, ops) -> ops.route(ops.tensor(Shape.of(1, 4), new float[4]), 0))
        .hasMessage("route: expected to keep 1 to 4 experts, found 0");
  }

  /**
   * Tolerance: two sums one after the other, each off by n units of what it could be at most; 8
   * stands for how far that is above the largest output here. Rounded inputs: an error of either
   * linear is at most √n of the largest, and random.
   */
  @ParameterizedTest
  @ValueSource(strings = {"F32", "BF16", "Q8_0", "Q4_0", "Q4_K"})
  default void expertsAddUpByTheirShares(String name) {
    BlockFormat format = Formats.named(name).orElseThrow();
    int width = Math.max(32, format.blockSize());
    Mixture mixture = Mixture.of(format, 4, width, width);
    for (int form = 0; form < mixture.forms(); form++) {
      for (int rows : new int[] {0, 1, 2, 5, 33}) {
        float[] x = Samples.normal(rows, rows * width);
        float[] shares = shares(rows);
        Computation experts = mixture.computation(form, rows, x, shares);
        double largest = Samples.largest(UnderTest.expected(experts));
        double rounding = inputRounding(mixture.gateUp().getFirst().stored());
        double relative = 8 * (2 * width + 16) * UNIT + 2 * rounding * Math.sqrt(width);
        holds("experts of %s, %d rows".formatted(name, rows), experts, i -> relative * largest);
      }
    }
  }

  @Test
  default void aRowOfAMixtureGivesTheSameBitsAloneAndAmongOthers() {
    Mixture mixture = Mixture.of(Formats.Q8_0, 4, 64, 32);
    float[] x = Samples.normal(1, 9 * 64);
    float[] shares = shares(9);
    for (int form = 0; form < mixture.forms(); form++) {
      float[] all = found(mixture.computation(form, 9, x, shares));
      for (int row = 0; row < 9; row++) {
        float[] one = Samples.rows(x, 64, row, 1);
        float[] share = Samples.rows(shares, 4, row, 1);
        Closeness.same(
            "row " + row,
            Samples.rows(all, 64, row, 1),
            found(mixture.computation(form, 1, one, share)));
      }
    }
  }

  /** Two experts of four for each row; the last row goes to none. */
  private static float[] shares(int rows) {
    float[] shares = new float[rows * 4];
    for (int t = 0; t < Math.max(rows - 1, Math.min(rows, 1)); t++) {
      shares[t * 4 + t % 4] = 0.75f;
      shares[t * 4 + (t + t / 4 + 1) % 4] += 0.25f;
    }
    return shares;
  }

  /** Experts in every form of weight. */
  record Mixture(List<WeightCase> gateUp, List<WeightCase> down, int experts, int forms) {
    static Mixture of(BlockFormat format, int experts, int width, int hidden) {
      List<WeightCase> gateUp = new ArrayList<>();
      List<WeightCase> down = new ArrayList<>();
      int forms = 0;
      for (int e = 0; e < experts; e++) {
        List<WeightCase> made = Samples.forms(Samples.stored(e, format, 2 * hidden, width));
        forms = made.size();
        gateUp.addAll(made);
        down.addAll(Samples.forms(Samples.stored(e + 100, format, width, hidden)));
      }
      return new Mixture(gateUp, down, experts, forms);
    }

    Computation computation(int form, int rows, float[] x, float[] shares) {
      return (backend, ops) -> {
        Weight[] gates = new Weight[experts];
        Weight[] downs = new Weight[experts];
        for (int e = 0; e < experts; e++) {
          gates[e] = gateUp.get(e * forms + form).on(backend, ops);
          downs[e] = down.get(e * forms + form).on(backend, ops);
        }
        int width = downs[0].out();
        return ops.experts(
            ops.tensor(Shape.of(rows, width), x),
            ops.tensor(Shape.of(rows, experts), shares),
            gates,
            downs,
            Activation.GELU_TANH);
      };
    }
  }

  @Test
  default void expertsRefuseWeightsThatDoNotFit() {
    Weight[] gateUp = {Samples.stored(1, Formats.F32, 6, 4)};
    Weight[] down = {Samples.stored(1, Formats.F32, 4, 3)};
    Weight[] narrow = {Samples.stored(1, Formats.F32, 4, 2)};
    refusal((b, ops) -> experts(ops, 4, 2, gateUp, down))
        .hasMessage("experts: expected routing columns 1, found 2");
    refusal((b, ops) -> experts(ops, 5, 1, gateUp, down))
        .hasMessage("experts: expected inputs of gate and up 5, found 4");
    refusal((b, ops) -> experts(ops, 4, 1, gateUp, narrow))
        .hasMessage("experts: expected outputs of gate and up 4, found 6");
    refusal((b, ops) -> experts(ops, 4, 1, gateUp, new Weight[0]))
        .hasMessage("experts: expected down weights 1, found 0");
  }

  private static Tensor experts(Ops ops, int width, int experts, Weight[] gateUp, Weight[] down) {
    return ops.experts(
        ops.tensor(Shape.of(1, width), new float[width]),
        ops.tensor(Shape.of(1, experts), new float[experts]),
        gateUp,
        down,
        Activation.SILU);
  }
}
