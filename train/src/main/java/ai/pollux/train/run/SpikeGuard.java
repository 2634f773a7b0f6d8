package ai.pollux.train.run;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Tells a step that went wrong: its loss or gradient is no number, or its loss lies far above those
 * of the steps before it. Such a step is not taken; after several in a row the run goes back to its
 * last checkpoint and on with other data.
 *
 * <p>Far above means: above the median of the last losses by {@code factor} times their median
 * distance from it (and by a hundredth of the median, for losses that hardly move).
 */
final class SpikeGuard {
  /** What to do with a step. */
  enum Verdict {
    TAKE,
    SKIP,
    ROLL_BACK
  }

  private static final int REMEMBERED = 128;

  /** So few losses say nothing. */
  private static final int LEAST = 32;

  private static final int MOST_SKIPPED = 3;

  private final double factor;
  private final Deque<Double> losses = new ArrayDeque<>();
  private int skipped;

  SpikeGuard(double factor) {
    this.factor = factor;
  }

  /** Goes on where a checkpoint ended. */
  SpikeGuard(double factor, List<Double> remembered) {
    this(factor);
    losses.addAll(remembered);
  }

  /** Judges a step before its weights are changed. */
  Verdict judge(double loss, double gradientNorm) {
    boolean isNumber = Double.isFinite(loss) && Double.isFinite(gradientNorm);
    if (isNumber && loss <= bound()) {
      skipped = 0;
      losses.addLast(loss);
      if (losses.size() > REMEMBERED) {
        losses.removeFirst();
      }
      return Verdict.TAKE;
    }
    skipped++;
    return skipped >= MOST_SKIPPED ? Verdict.ROLL_BACK : Verdict.SKIP;
  }

  /** The highest loss that passes; without limit at the start. */
  double bound() {
    if (losses.size() < LEAST) {
      return Double.POSITIVE_INFINITY;
    }
    double[] sorted = losses.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double median = sorted[sorted.length / 2];
    double[] distances =
        Arrays.stream(sorted).map(loss -> Math.abs(loss - median)).sorted().toArray();
    double spread = Math.max(distances[distances.length / 2], 0.01 * median);
    return median + factor * spread;
  }

  /** Whether the last step went well; a checkpoint is only taken then. */
  boolean isCalm() {
    return skipped == 0;
  }

  /** What a checkpoint keeps. */
  List<Double> remembered() {
    return List.copyOf(losses);
  }
}
