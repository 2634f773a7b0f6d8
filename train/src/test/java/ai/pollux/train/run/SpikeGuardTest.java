package ai.pollux.train.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.train.run.SpikeGuard.Verdict;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class SpikeGuardTest {
  private static SpikeGuard after(int steps) {
    SpikeGuard guard = new SpikeGuard(10);
    SplittableRandom random = new SplittableRandom(1);
    for (int step = 0; step < steps; step++) {
      assertThat(guard.judge(2 + 0.1 * random.nextGaussian(), 1)).isEqualTo(Verdict.TAKE);
    }
    return guard;
  }

  @Test
  void takesNoisyStepsAndLearnsFromThem() {
    SpikeGuard guard = after(500);
    // The median distance of a normal variable is 0.67 deviations: 2 + 10 · 0.067, give or take.
    assertThat(guard.bound()).isBetween(2.4, 3.1);
    assertThat(guard.remembered()).hasSize(128);
  }

  @Test
  void skipsAStepFarAboveAndGoesBackAfterThree() {
    SpikeGuard guard = after(100);
    assertThat(guard.judge(9, 1)).isEqualTo(Verdict.SKIP);
    assertThat(guard.judge(9, 1)).isEqualTo(Verdict.SKIP);
    assertThat(guard.judge(9, 1)).isEqualTo(Verdict.ROLL_BACK);
  }

  @Test
  void oneGoodStepBetweenForgetsTheBadOnes() {
    SpikeGuard guard = after(100);
    assertThat(guard.judge(9, 1)).isEqualTo(Verdict.SKIP);
    assertThat(guard.judge(9, 1)).isEqualTo(Verdict.SKIP);
    assertThat(guard.judge(2, 1)).isEqualTo(Verdict.TAKE);
    assertThat(guard.judge(9, 1)).isEqualTo(Verdict.SKIP);
  }

  @Test
  void neverTakesWhatIsNoNumber() {
    SpikeGuard guard = new SpikeGuard(10);
    assertThat(guard.judge(Double.NaN, 1)).isEqualTo(Verdict.SKIP);
    assertThat(guard.judge(2, Double.POSITIVE_INFINITY)).isEqualTo(Verdict.SKIP);
    assertThat(guard.remembered()).isEmpty();
  }

  @Test
  void judgesAlikeAfterACheckpoint() {
    SpikeGuard guard = after(200);
    assertThat(new SpikeGuard(10, guard.remembered()).bound()).isEqualTo(guard.bound());
  }
}
