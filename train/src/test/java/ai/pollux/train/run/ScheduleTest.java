package ai.pollux.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class ScheduleTest {
  private static final double ROUNDING = 1e-15; // a few last places of rates below 1

  @Test
  void goesUpStaysAndGoesDown() {
    Schedule schedule = new Schedule(1e-3, 1e-4, 10, 20, 100);
    assertThat(schedule.rate(0)).isCloseTo(1e-4, within(ROUNDING));
    assertThat(schedule.rate(9)).isEqualTo(1e-3);
    assertThat(schedule.rate(10)).isEqualTo(1e-3);
    assertThat(schedule.rate(80)).isEqualTo(1e-3);
    assertThat(schedule.rate(90)).isCloseTo(5.5e-4, within(ROUNDING));
    assertThat(schedule.rate(100)).isCloseTo(1e-4, within(ROUNDING));
  }

  @Test
  void needsNeitherWarmUpNorDecay() {
    Schedule schedule = new Schedule(1e-3, 0, 0, 0, 5);
    for (int step = 0; step < 5; step++) {
      assertThat(schedule.rate(step)).isEqualTo(1e-3);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    assertThatThrownBy(() -> new Schedule(1e-3, 0, 60, 60, 100))
        .hasMessage("schedule: expected warm-up and decay within 100 steps, found 60 and 60");
    assertThatThrownBy(() -> new Schedule(1e-3, 1e-2, 0, 0, 100))
        .hasMessageContaining("expected 0 <= last <= peak")
        .hasMessageContaining("peak 0.001 and last 0.01");
  }
}
