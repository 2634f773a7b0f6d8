package ai.pollux.model.gemma3n;

/** The quantile of the standard normal distribution. */
final class NormalQuantile {
  private NormalQuantile() {}

  /**
   * The x below which a share of all values lies; -∞ for a share of 0. Newton's method on {@link
   * #share}, which above 0 is concave: from 0 on it comes from one side.
   *
   * @param share from 0 on, below 1
   */
  static double of(double share) {
    if (share <= 0) {
      return Double.NEGATIVE_INFINITY;
    }
    if (share < 0.5) {
      return -of(1 - share);
    }
    double x = 0;
    double step = 1;
    while (step > 1e-12) {
      step = (share - share(x)) / density(x);
      x += step;
    }
    return x;
  }

  private static double density(double x) {
    return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
  }

  /** Φ(x) = ½ + φ(x) · (x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …). */
  static double share(double x) {
    double sum = 0;
    double term = x;
    for (int odd = 3; Math.abs(term) > 1e-18; odd += 2) {
      sum += term;
      term *= x * x / odd;
    }
    return 0.5 + density(x) * sum;
  }
}
