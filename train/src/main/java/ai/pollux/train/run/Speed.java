package ai.pollux.train.run;

/**
 * Tokens a second, and what share of the machine that is. A token takes six operations for each
 * weight: two forward and four back (<a href="https://arxiv.org/abs/2001.08361">arXiv
 * 2001.08361</a>, section 2.1); attention is left out.
 */
final class Speed {
  /**
   * What was reached since the last reading.
   *
   * @param shareOfPeak 1 is a machine that does nothing but matrix products
   */
  record Reading(double tokensPerSecond, double shareOfPeak) {}

  private static final double OPERATIONS = 6;

  private final long parameters;
  private final double peak;
  private long tokens = -1;
  private long nanos;

  /**
   * Not started.
   *
   * @param peak operations a second
   */
  Speed(long parameters, double peak) {
    this.parameters = parameters;
    this.peak = peak;
  }

  /** Forgets the time since the last reading. */
  void restart(long tokensSoFar) {
    tokens = tokensSoFar;
    nanos = System.nanoTime();
  }

  /** Since the last reading; nothing the first time. */
  Reading at(long tokensSoFar) {
    double seconds = (System.nanoTime() - nanos) / 1e9;
    double rate = tokens < 0 ? 0 : (tokensSoFar - tokens) / seconds;
    restart(tokensSoFar);
    return new Reading(rate, rate * OPERATIONS * parameters / peak);
  }
}
