package ai.pollux.model.gemma3n;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalQuantileTest {
  /** Tables give these to ten places. */
  @Test
  void sharesHaveTheQuantilesOfTables() {
    assertThat(NormalQuantile.of(0.95)).isCloseTo(1.6448536270, within(1e-9));
    assertThat(NormalQuantile.of(0.5)).isZero();
    assertThat(NormalQuantile.of(0.025)).isCloseTo(-1.9599639845, within(1e-9));
    assertThat(NormalQuantile.of(0.9999)).isCloseTo(3.7190164855, within(1e-9));
  }

  @Test
  void nothingLiesBelowMinusInfinity() {
    assertThat(NormalQuantile.of(0)).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
