package ai.pollux.engine.sample;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Working memory for one row of scores [V]: the row itself, which {@link Sampler} changes, and what
 * picking from it needs. One per engine, reused for every token.
 */
public final class Scores {
  final float[] values;
  final float[] weights;
  final Ranking ranking;

  /** For a vocabulary of this size. */
  public Scores(int vocabulary) {
    values = new float[vocabulary];
    weights = new float[vocabulary];
    ranking = new Ranking(vocabulary);
  }

  /** The row: fill it before each pick. */
  public float[] values() {
    return values;
  }

  /**
   * ln Σ exp(score): what to take from a score to get its log-probability. Of an untouched row.
   *
   * @throws IllegalStateException if the model gave no finite scores
   */
  public double logSum() {
    float max = values[best()];
    return max + Math.log(fillWeights(max, 1));
  }

  /** The most likely tokens of an untouched row, best first. */
  public List<TokenLogprob> mostLikely(int count, double logSum) {
    ranking.best(values, Math.min(count, values.length));
    return IntStream.range(0, ranking.count())
        .map(ranking::token)
        .mapToObj(token -> new TokenLogprob(token, values[token] - logSum))
        .toList();
  }

  /** The token with the highest score, of equal ones the lowest id. */
  int best() {
    int best = -1;
    float max = Float.NEGATIVE_INFINITY;
    for (int id = 0; id < values.length; id++) {
      if (values[id] > max) {
        max = values[id];
        best = id;
      }
    }
    if (best < 0 || max == Float.POSITIVE_INFINITY) {
      throw new IllegalStateException(
          "sampling: expected at least one finite score of %d and none infinite, found %s. Either"
                  .formatted(values.length, best < 0 ? "none" : "infinity for token " + best)
              + " logitBias bans every token, or the weights are damaged.");
    }
    return best;
  }

  /** weights = exp((values - max) / temperature); returns their sum. */
  double fillWeights(float max, float temperature) {
    float factor = factor(temperature);
    double sum = 0;
    for (int id = 0; id < values.length; id++) {
      float weight = FastExp.exp((values[id] - max) * factor);
      weights[id] = weight;
      sum += weight;
    }
    return sum;
  }

  /** {@link #fillWeights} of the ranked tokens alone. */
  double fillRankedWeights(float max, float temperature) {
    float factor = factor(temperature);
    double sum = 0;
    for (int rank = 0; rank < ranking.count(); rank++) {
      int id = ranking.token(rank);
      float weight = FastExp.exp((values[id] - max) * factor);
      weights[id] = weight;
      sum += weight;
    }
    return sum;
  }

  /** 1 / temperature; finite, so that the best token's 0 stays 0. */
  private static float factor(float temperature) {
    return Math.min(1 / temperature, 1e30f);
  }
}
