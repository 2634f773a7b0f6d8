package ai.pollux.train.run;

/**
 * The learning rate of each step: up in a line, level, down in a line ("warm-up, stable, decay", <a
 * href="https://arxiv.org/abs/2405.18392">arXiv 2405.18392</a>). With {@code decaySteps} equal to
 * {@code steps - warmupSteps} nothing is level.
 *
 * @param peak the highest rate, reached in step {@code warmupSteps}
 * @param last the rate after the last step
 * @param warmupSteps steps of the way up
 * @param decaySteps steps of the way down
 * @param steps of the whole run
 */
public record Schedule(double peak, double last, long warmupSteps, long decaySteps, long steps) {
  /** Refuses rates and steps that do not fit each other. */
  public Schedule {
    if (!(peak > 0) || !(last >= 0) || last > peak) {
      throw new IllegalArgumentException(
          "learning rate: expected 0 <= last <= peak and peak above 0, found peak %s and last %s"
              .formatted(peak, last));
    }
    if (steps < 1 || warmupSteps < 0 || decaySteps < 0 || warmupSteps + decaySteps > steps) {
      throw new IllegalArgumentException(
          "schedule: expected warm-up and decay within %d steps, found %d and %d"
              .formatted(steps, warmupSteps, decaySteps));
    }
  }

  /** The rate of a step, counted from 0. */
  public double rate(long step) {
    if (step < warmupSteps) {
      return peak * (step + 1) / warmupSteps;
    }
    long left = steps - step;
    return left >= decaySteps ? peak : last + (peak - last) * Math.max(0, left) / decaySteps;
  }
}
