package ai.pollux.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class EstimateTest {
  private static final Hardware H100 =
      Hardware.named().stream()
          .filter(machine -> machine.name().equals("H100 SXM"))
          .findFirst()
          .orElseThrow();

  @Test
  void stateIsSixteenBytesForEachWeightAndTimeFollowsTheOperations() {
    Recipe recipe = Recipes.named("nano-1.8b");
    double tokens = 1e9;
    Estimate estimate = Estimate.of(recipe, 8192, tokens);
    assertThat(estimate.stateBytes()).isEqualTo(16 * recipe.parameterCount());
    // Attention adds less than a sixth at contexts of 32,768, most layers seeing 1,024.
    double products = 8 * tokens * recipe.parameterCount();
    assertThat(estimate.operations()).isBetween(products, 1.6 * products);
    assertThat(estimate.seconds(H100))
        .isCloseTo(estimate.operations() / (0.4 * 989e12), within(1e-6 * estimate.seconds(H100)));
  }

  @Test
  void twiceTheTokensTakeTwiceTheTimeAndTheSameMemory() {
    Recipe recipe = Recipes.named("pro");
    Estimate one = Estimate.of(recipe, 4096, 1e6);
    Estimate two = Estimate.of(recipe, 4096, 2e6);
    assertThat(two.operations()).isCloseTo(2 * one.operations(), within(1.0));
    assertThat(two.bytes()).isEqualTo(one.bytes());
    assertThat(Estimate.of(recipe, 8192, 1e6).stepBytes()).isEqualTo(2 * one.stepBytes());
  }

  @Test
  void whatIsTooLargeDoesNotFit() {
    assertThat(Estimate.of(Recipes.named("nano-1.8b"), 8192, 1).fits(H100)).isTrue();
    assertThat(Estimate.of(Recipes.named("pro-12b"), 8192, 1).fits(H100)).isFalse();
  }
}
