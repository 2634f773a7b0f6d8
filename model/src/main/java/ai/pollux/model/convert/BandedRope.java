package ai.pollux.model.convert;

import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.Settings;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Llama 3.1's rule for long contexts: pairs that turn seldom within the context it was trained on
 * are slowed, those that turn often are not, in between is interpolated. GGUF keeps only the
 * factors that come out.
 *
 * @param theta base of the rotation
 * @param factor by which the slowest are slowed
 * @param low turns from which on slowing gets less
 * @param high turns from which on there is none
 * @param context positions it was trained on
 */
record BandedRope(double theta, double factor, double low, double high, double context) {
  /** The reference computes factors in 32 bits. */
  private static final double ROUNDING = 1e-4;

  private static final double USUAL_HIGH = 4;

  /** The factor of each pair. */
  float[] factors(int pairs) {
    float[] factors = new float[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      double kept = (context * turns(pair, pairs) - low) / (high - low);
      kept = Math.min(1, Math.max(0, kept));
      factors[pair] = (float) (1 / (kept + (1 - kept) / factor));
    }
    return factors;
  }

  /** Of a pair, per position. */
  private double turns(int pair, int pairs) {
    return Math.pow(theta, -(double) pair / pairs) / (2 * Math.PI);
  }

  /**
   * The rule that makes given factors. Only the ratios of its numbers count: {@code low} is 1, as
   * in all published models; where the factors leave it open, {@code high} is 4 as there.
   */
  static BandedRope fitting(Settings settings, float[] factors, double theta) {
    double factor = 1;
    for (float each : factors) {
      factor = Math.max(factor, each);
    }
    factor = Math.rint(factor * 1e4) / 1e4;
    BandedRope unit = new BandedRope(theta, factor, 1, USUAL_HIGH, 1);
    return Stream.of(unit.throughAll(factors), unit.throughOne(factors))
        .filter(rule -> rule.makes(factors))
        .findFirst()
        .orElseThrow(() ->
            new ModelException(
                "%s: rope_freqs.weight: expected the factors of Llama 3.1's rule, which config.json names, found %s. Convert it to .gguf instead"
                    .formatted(settings.file(), Arrays.toString(factors))));
  }

  /** What is kept of a frequency, between 0 and 1; outside that the rule does not depend on it. */
  private double kept(float given) {
    return (1 / given - 1 / factor) / (1 - 1 / factor);
  }

  private IntStream between(float[] factors) {
    return IntStream.range(0, factors.length)
        .filter(pair -> kept(factors[pair]) > ROUNDING && kept(factors[pair]) < 1 - ROUNDING);
  }

  /** The line of least squares: kept = slope · turns - below. */
  private BandedRope throughAll(float[] factors) {
    int[] pairs = between(factors).toArray();
    double meanTurns =
        Arrays.stream(pairs).mapToDouble(p -> turns(p, factors.length)).average().orElse(0);
    double meanKept = Arrays.stream(pairs).mapToDouble(p -> kept(factors[p])).average().orElse(0);
    double product = 0;
    double square = 0;
    for (int pair : pairs) {
      double turns = turns(pair, factors.length) - meanTurns;
      product += turns * (kept(factors[pair]) - meanKept);
      square += turns * turns;
    }
    double slope = product / square;
    double below = slope * meanTurns - meanKept;
    double upper = Math.rint((1 + 1 / below) * 1e4) / 1e4;
    return new BandedRope(theta, factor, 1, upper, Math.rint(slope / below));
  }

  /** The rule with the usual end through one pair, or from the last that is not slowed on. */
  private BandedRope throughOne(float[] factors) {
    int pair = between(factors).findFirst().orElse(-1);
    int whole = (int) IntStream.range(0, factors.length).filter(p -> factors[p] <= 1).count();
    double positions =
        pair >= 0
            ? ((high - low) * kept(factors[pair]) + low) / turns(pair, factors.length)
            : high / turns(Math.max(0, whole - 1), factors.length);
    return new BandedRope(theta, factor, low, high, Math.rint(positions));
  }

  private boolean makes(float[] factors) {
    float[] made = factors(factors.length);
    return IntStream.range(0, made.length)
        .allMatch(pair -> Math.abs(made[pair] / factors[pair] - 1) < ROUNDING);
  }

  /** As config.json has it. */
  Map<String, Object> parameters() {
    return Map.of(
        "rope_type", "llama3",
        "rope_theta", theta,
        "factor", factor,
        "low_freq_factor", low,
        "high_freq_factor", high,
        "original_max_position_embeddings", (long) context);
  }
}
