package ai.pollux.engine.sample;

import java.util.Map;

/** Picks the tokens of one candidate, as its {@link Sampling} says. Remembers what it picked. */
public final class Sampler {
  private final Sampling sampling;
  private final long seed;
  private final int candidate;
  private final int[] biasTokens;
  private final float[] biases;
  private final TokenCounts counts = new TokenCounts();
  private int picks;

  /** Of the answer's first token. */
  public Sampler(Sampling sampling, long seed, int candidate) {
    this.sampling = sampling;
    this.seed = seed;
    this.candidate = candidate;
    biasTokens = new int[sampling.logitBias().size()];
    biases = new float[biasTokens.length];
    int i = 0;
    for (Map.Entry<Integer, Float> bias : sampling.logitBias().entrySet()) {
      biasTokens[i] = bias.getKey();
      biases[i++] = bias.getValue();
    }
  }

  /**
   * The next token. Changes the scores.
   *
   * @throws IllegalStateException if no token has a finite score
   */
  public int next(Scores scores) {
    adjust(scores.values);
    return pick(scores);
  }

  /**
   * The next token, one of the allowed. Changes the scores. Shares are those among the allowed
   * tokens.
   *
   * @throws IllegalStateException if no allowed token has a finite score
   */
  public int next(Scores scores, TokenMask allowed) {
    adjust(scores.values);
    allowed.apply(scores.values);
    return pick(scores);
  }

  private int pick(Scores scores) {
    int best = scores.best();
    int token = sampling.temperature() == 0 || sampling.topK() == 1 ? best : draw(scores, best);
    picks++;
    if (hasPenalties()) {
      counts.add(token);
    }
    return token;
  }

  private boolean hasPenalties() {
    return sampling.presencePenalty() != 0 || sampling.frequencyPenalty() != 0;
  }

  private void adjust(float[] scores) {
    for (int i = 0; i < biasTokens.length; i++) {
      scores[biasTokens[i]] += biases[i];
    }
    if (hasPenalties()) {
      counts.penalize(scores, sampling.presencePenalty(), sampling.frequencyPenalty());
    }
  }

  private int draw(Scores scores, int best) {
    double u = Draws.uniform(seed, candidate, picks);
    float max = scores.values[best];
    if (sampling.topK() > 0 && sampling.topK() < scores.values.length) {
      scores.ranking.best(scores.values, sampling.topK());
      double sum = scores.fillRankedWeights(max, sampling.temperature());
      return drawFromRanked(scores.ranking, scores.weights, u, sum);
    }
    double sum = scores.fillWeights(max, sampling.temperature());
    if (sampling.topP() == 1) {
      return drawFromAll(scores.weights, u, best);
    }
    // Tokens under (1 - p) · sum / V have less than 1 - p together: none of them is needed to
    // reach p. Half of that leaves room for rounding.
    double least = (1 - sampling.topP()) * sum / scores.values.length / 2;
    scores.ranking.atLeast(scores.values, scores.weights, Math.max(least, Float.MIN_VALUE));
    return drawFromRanked(scores.ranking, scores.weights, u, sum);
  }

  /** In order of id; the best token's weight is 1. */
  private int drawFromAll(float[] weights, double u, int best) {
    float least = sampling.minP();
    double sum = 0;
    for (float weight : weights) {
      sum += weight >= least ? weight : 0;
    }
    double left = u * sum;
    for (int id = 0; id < weights.length; id++) {
      if (weights[id] >= least) {
        left -= weights[id];
        if (left < 0) {
          return id;
        }
      }
    }
    return best; // rounding left a rest
  }

  private int drawFromRanked(Ranking ranking, float[] weights, double u, double sum) {
    int kept = 0;
    double keptSum = 0;
    while (kept < ranking.count() && (kept == 0 || keptSum < sampling.topP() * sum)) {
      float weight = weights[ranking.token(kept)];
      if (weight < sampling.minP()) {
        break;
      }
      keptSum += weight;
      kept++;
    }
    double left = u * keptSum;
    for (int rank = 0; rank < kept; rank++) {
      left -= weights[ranking.token(rank)];
      if (left < 0) {
        return ranking.token(rank);
      }
    }
    return ranking.token(0); // rounding left a rest
  }
}
