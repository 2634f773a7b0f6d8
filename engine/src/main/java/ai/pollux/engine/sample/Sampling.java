package ai.pollux.engine.sample;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How tokens are picked from scores. In this order:
 *
 * <ol>
 *   <li>{@code logitBias} is added to the scores, the penalties are taken from them;
 *   <li>at temperature 0 the highest score wins, of equal ones the lowest id; otherwise scores are
 *       divided by the temperature;
 *   <li>tokens are ordered by score, of equal ones the lowest id first, and cut after the first
 *       {@code topK}, then after the first whose summed share of what top-k left reaches {@code
 *       topP}, then before the first whose share is under {@code minP} times that of the best;
 *   <li>one of the rest is drawn in proportion to its share.
 * </ol>
 *
 * The draw depends on the seed, the candidate and how many tokens the candidate has, on nothing
 * else.
 *
 * @param temperature 0 for the most likely token always
 * @param topK how many tokens are kept; 0 for all
 * @param topP the share that kept tokens reach together, in (0, 1]; 1 for all (nucleus sampling, <a
 *     href="https://arxiv.org/abs/1904.09751">arXiv 1904.09751</a>)
 * @param minP the least share of a kept token, as a part of the best one's, in [0, 1]; 0 for all
 *     (<a href="https://arxiv.org/abs/2407.01082">arXiv 2407.01082</a>)
 * @param presencePenalty taken from the score of each token that the answer has; the prompt does
 *     not count
 * @param frequencyPenalty taken from a score for each time the answer has the token
 * @param seed of the draws; where there is none, one is chosen and told by {@code
 *     Generation.seed()}
 * @param logitBias added to the scores of these ids; negative infinity bans one
 * @param logprobs how many of the most likely tokens to report with each sampled one; empty to
 *     compute no log-probabilities at all
 */
public record Sampling(
    float temperature,
    int topK,
    float topP,
    float minP,
    float presencePenalty,
    float frequencyPenalty,
    OptionalLong seed,
    Map<Integer, Float> logitBias,
    OptionalInt logprobs) {
  /** The most tokens that can be reported with each sampled one. */
  public static final int MAX_LOGPROBS = 100;

  /** The most likely token always. */
  public static final Sampling GREEDY = of(0);

  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value, what was found and what is allowed
   */
  public Sampling {
    logitBias = Map.copyOf(logitBias);
    check(temperature >= 0 && Float.isFinite(temperature), "temperature", temperature, "[0, ∞)");
    check(topK >= 0, "topK", topK, "[1, ∞), or 0 for all tokens");
    check(topP > 0 && topP <= 1, "topP", topP, "(0, 1]");
    check(minP >= 0 && minP <= 1, "minP", minP, "[0, 1]");
    check(Float.isFinite(presencePenalty), "presencePenalty", presencePenalty, "finite");
    check(Float.isFinite(frequencyPenalty), "frequencyPenalty", frequencyPenalty, "finite");
    for (Map.Entry<Integer, Float> bias : logitBias.entrySet()) {
      check(
          bias.getValue() < Float.POSITIVE_INFINITY,
          "logitBias of token " + bias.getKey(),
          bias.getValue(),
          "finite, or negative infinity to ban the token");
    }
    int most = logprobs.orElse(0);
    check(most >= 0 && most <= MAX_LOGPROBS, "logprobs", most, "[0, " + MAX_LOGPROBS + "]");
  }

  /** Draws from all tokens at this temperature. */
  public static Sampling of(float temperature) {
    return new Sampling(
        temperature, 0, 1, 0, 0, 0, OptionalLong.empty(), Map.of(), OptionalInt.empty());
  }

  public Sampling withTemperature(float temperature) {
    return new Sampling(
        temperature,
        topK,
        topP,
        minP,
        presencePenalty,
        frequencyPenalty,
        seed,
        logitBias,
        logprobs);
  }

  public Sampling withTopK(int topK) {
    return new Sampling(
        temperature,
        topK,
        topP,
        minP,
        presencePenalty,
        frequencyPenalty,
        seed,
        logitBias,
        logprobs);
  }

  public Sampling withTopP(float topP) {
    return new Sampling(
        temperature,
        topK,
        topP,
        minP,
        presencePenalty,
        frequencyPenalty,
        seed,
        logitBias,
        logprobs);
  }

  public Sampling withMinP(float minP) {
    return new Sampling(
        temperature,
        topK,
        topP,
        minP,
        presencePenalty,
        frequencyPenalty,
        seed,
        logitBias,
        logprobs);
  }

  /** With these penalties on tokens that the answer already has. */
  public Sampling withPenalties(float presence, float frequency) {
    return new Sampling(
        temperature, topK, topP, minP, presence, frequency, seed, logitBias, logprobs);
  }

  public Sampling withSeed(long seed) {
    return new Sampling(
        temperature,
        topK,
        topP,
        minP,
        presencePenalty,
        frequencyPenalty,
        OptionalLong.of(seed),
        logitBias,
        logprobs);
  }

  public Sampling withLogitBias(Map<Integer, Float> logitBias) {
    return new Sampling(
        temperature,
        topK,
        topP,
        minP,
        presencePenalty,
        frequencyPenalty,
        seed,
        logitBias,
        logprobs);
  }

  /** With log-probabilities of each sampled token and of the {@code most} most likely ones. */
  public Sampling withLogprobs(int most) {
    return new Sampling(
        temperature,
        topK,
        topP,
        minP,
        presencePenalty,
        frequencyPenalty,
        seed,
        logitBias,
        OptionalInt.of(most));
  }

  private static void check(boolean allowed, String what, Object found, String expected) {
    if (!allowed) {
      throw new IllegalArgumentException(
          "%s: expected %s, found %s".formatted(what, expected, found));
    }
  }
}
