package ai.pollux.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplerTest {
  private static final int DRAWS = 20_000;

  /** Shares 0.4, 0.3, 0.2, 0.1 of tokens 2, 0, 3, 1, and a token that never comes. */
  private static final float[] ROW = {ln(0.3), ln(0.1), ln(0.4), ln(0.2), Float.NEGATIVE_INFINITY};

  @Test
  void temperatureZeroTakesTheBestAndOfEqualsTheLowestId() {
    assertThat(next(Sampling.GREEDY, -1, 3, 2, 3)).isEqualTo(1);
    assertThat(next(Sampling.GREEDY, Float.NaN, -5, Float.NEGATIVE_INFINITY)).isEqualTo(1);
  }

  @Test
  void drawsFollowTheShares() {
    assertShares(Sampling.of(1), 0.3, 0.1, 0.4, 0.2, 0);
  }

  @Test
  void temperatureRaisesSharesToItsInverse() {
    // squares of the shares: 9, 1, 16, 4 of 30
    assertShares(Sampling.of(0.5f), 9 / 30.0, 1 / 30.0, 16 / 30.0, 4 / 30.0, 0);
  }

  @Test
  void theSmallestTemperatureIsGreedy() {
    assertShares(Sampling.of(Float.MIN_VALUE), 0, 0, 1, 0, 0);
  }

  @Test
  void topKKeepsTheBest() {
    assertShares(Sampling.of(1).withTopK(2), 3 / 7.0, 0, 4 / 7.0, 0, 0);
    assertShares(Sampling.of(1).withTopK(1), 0, 0, 1, 0, 0);
    assertShares(Sampling.of(1).withTopK(99), 0.3, 0.1, 0.4, 0.2, 0);
  }

  @Test
  void topPKeepsTheFirstThatReachIt() {
    assertShares(Sampling.of(1).withTopP(0.69f), 3 / 7.0, 0, 4 / 7.0, 0, 0);
    assertShares(Sampling.of(1).withTopP(0.71f), 3 / 9.0, 0, 4 / 9.0, 2 / 9.0, 0);
    assertShares(Sampling.of(1).withTopP(0.01f), 0, 0, 1, 0, 0);
  }

  @Test
  void topPCountsSharesOfWhatTopKLeft() {
    // of the best three 4/9, 3/9, 2/9: two reach 0.75
    assertShares(Sampling.of(1).withTopK(3).withTopP(0.75f), 3 / 7.0, 0, 4 / 7.0, 0, 0);
  }

  @Test
  void minPKeepsWhatIsNearTheBest() {
    Sampling sampling = Sampling.of(1).withMinP(0.6f); // from 0.24 on
    assertShares(sampling, 3 / 7.0, 0, 4 / 7.0, 0, 0);
    assertShares(sampling.withTopK(3), 3 / 7.0, 0, 4 / 7.0, 0, 0);
    assertShares(sampling.withTopP(0.95f), 3 / 7.0, 0, 4 / 7.0, 0, 0);
  }

  @Test
  void logitBiasAddsToScoresAndBans() {
    Map<Integer, Float> bias = Map.of(1, ln(3), 2, Float.NEGATIVE_INFINITY);
    assertShares(Sampling.of(1).withLogitBias(bias), 3 / 8.0, 3 / 8.0, 0, 2 / 8.0, 0);
    assertThat(next(Sampling.GREEDY.withLogitBias(Map.of(0, 9f)), 0, 5)).isEqualTo(0);
  }

  @Test
  void penaltiesLowerWhatTheAnswerHas() {
    Sampler sampler = new Sampler(Sampling.GREEDY.withPenalties(1, 0.5f), 0, 0);
    // After one pick a token is 1.5 lower, after two 2, after three 2.5.
    float[] row = {3, 2, 1};
    int[] picked = IntStream.range(0, 7).map(i -> next(sampler, row)).toArray();
    // 3 | 1.5 2 1 | 1.5 .5 1 | 1 .5 1 (lowest id) | .5 .5 1 | .5 .5 -.5 | 0 .5 -.5
    assertThat(picked).containsExactly(0, 1, 0, 0, 2, 0, 1);
  }

  @Test
  void penaltiesRememberManyTokens() {
    int tokens = 1000;
    Sampler sampler = new Sampler(Sampling.GREEDY.withPenalties(1, 0), 0, 0);
    float[] row = new float[tokens];
    int[] picked = IntStream.range(0, tokens).map(i -> next(sampler, row)).toArray();
    assertThat(picked).containsExactly(IntStream.range(0, tokens).toArray());
  }

  @Test
  void aDrawHangsOnSeedCandidateAndPlaceAlone() {
    Sampling sampling = Sampling.of(1);
    int[] first = draws(new Sampler(sampling, 5, 0));
    assertThat(draws(new Sampler(sampling, 5, 0))).isEqualTo(first);
    assertThat(draws(new Sampler(sampling, 6, 0))).isNotEqualTo(first);
    assertThat(draws(new Sampler(sampling, 5, 1))).isNotEqualTo(first);
  }

  @Test
  void scoresWithoutAFiniteOneAreRefused() {
    assertThatThrownBy(() -> next(Sampling.of(1), Float.NaN, Float.NEGATIVE_INFINITY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "sampling: expected at least one finite score of 2 and none infinite, found none. Either"
                + " logitBias bans every token, or the weights are damaged.");
    assertThatThrownBy(() -> next(Sampling.of(1), 1, Float.POSITIVE_INFINITY))
        .hasMessageContaining("found infinity for token 1");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 999, 1000})
  void rankingEqualsASort(int limit) {
    float[] row = randomRow(1000, 50); // few values: many ties
    Integer[] sorted = IntStream.range(0, row.length).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, (a, b) -> Float.compare(row[b], row[a])); // stable: lower ids first
    Ranking ranking = new Ranking(row.length);
    ranking.best(row, limit);
    assertThat(IntStream.range(0, ranking.count()).map(ranking::token).boxed())
        .containsExactly(Arrays.copyOf(sorted, limit));
  }

  @ParameterizedTest
  @ValueSource(floats = {0.01f, 0.5f, 0.9f, 0.999f})
  void theNucleusOfALargeRowIsTheShortestThatReachesP(float p) {
    float[] row = randomRow(3000, 1_000_000);
    Sampler sampler = new Sampler(Sampling.of(1).withTopP(p), 3, 0);
    double sum = 0;
    for (float score : row) {
      sum += Math.exp(score);
    }
    Float[] sorted = new Float[row.length];
    Arrays.setAll(sorted, i -> row[i]);
    Arrays.sort(sorted, (a, b) -> Float.compare(b, a));
    int kept = 0;
    double reached = 0;
    while (reached < p * sum) {
      reached += Math.exp(sorted[kept++]);
    }
    float least = sorted[kept - 1];
    Scores scores = new Scores(row.length);
    for (int i = 0; i < 500; i++) {
      System.arraycopy(row, 0, scores.values(), 0, row.length);
      assertThat(row[sampler.next(scores)]).isGreaterThanOrEqualTo(least);
    }
  }

  @Test
  void logprobsAreThoseOfTheUntouchedScores() {
    Scores scores = new Scores(ROW.length);
    System.arraycopy(ROW, 0, scores.values(), 0, ROW.length);
    double logSum = scores.logSum();
    List<TokenLogprob> best = scores.mostLikely(3, logSum);
    assertThat(best.stream().map(TokenLogprob::token)).containsExactly(2, 0, 3);
    // float scores near 1 have 6e-8 of rounding, FastExp 2e-7
    assertThat(best.get(0).logprob()).isCloseTo(Math.log(0.4), within(1e-6));
    assertThat(best.get(2).logprob()).isCloseTo(Math.log(0.2), within(1e-6));
    assertThat(scores.mostLikely(0, logSum)).isEmpty();
  }

  @Test
  void sharesOfAllTokensSumToOne() {
    float[] row = randomRow(5000, 1_000_000);
    Scores scores = new Scores(row.length);
    System.arraycopy(row, 0, scores.values(), 0, row.length);
    double sum =
        scores.mostLikely(row.length, scores.logSum()).stream()
            .mapToDouble(token -> Math.exp(token.logprob()))
            .sum();
    assertThat(sum).isCloseTo(1, within(1e-6)); // FastExp's relative error
  }

  @Test
  void fastExpIsExpToAFewRoundings() {
    for (float x = 0; x > -82; x -= 0.0137f) {
      // rounding of x · log₂e: |x| · 6e-8, of the product and the series: 4 · 6e-8
      double tolerance = Math.exp(x) * (Math.abs(x) * 1.2e-7 + 2.5e-7);
      assertThat((double) FastExp.exp(x)).isCloseTo(Math.exp(x), within(tolerance));
    }
    assertThat(FastExp.exp(0)).isEqualTo(1);
    assertThat(FastExp.exp(Float.NEGATIVE_INFINITY)).isZero();
    assertThat(FastExp.exp(Float.NaN)).isZero();
  }

  private static void assertShares(Sampling sampling, double... expected) {
    Sampler sampler = new Sampler(sampling, 1, 0);
    Scores scores = new Scores(ROW.length);
    double[] found = new double[ROW.length];
    for (int i = 0; i < DRAWS; i++) {
      System.arraycopy(ROW, 0, scores.values(), 0, ROW.length);
      found[sampler.next(scores)] += 1.0 / DRAWS;
    }
    for (int id = 0; id < ROW.length; id++) {
      // five standard deviations of a share of 20000 draws, at most √(¼ / 20000) each
      double tolerance = expected[id] == 0 || expected[id] == 1 ? 1e-9 : 5 * 0.00354;
      assertThat(found[id]).as("share of token %d", id).isCloseTo(expected[id], within(tolerance));
    }
  }

  private static int[] draws(Sampler sampler) {
    return IntStream.range(0, 100).map(i -> next(sampler, ROW)).toArray();
  }

  private static int next(Sampling sampling, float... row) {
    return next(new Sampler(sampling, 0, 0), row);
  }

  private static int next(Sampler sampler, float[] row) {
    Scores scores = new Scores(row.length);
    System.arraycopy(row, 0, scores.values(), 0, row.length);
    return sampler.next(scores);
  }

  private static float[] randomRow(int count, int steps) {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    float[] row = new float[count];
    for (int i = 0; i < count; i++) {
      row[i] = 16f * random.nextInt(steps) / steps - 8;
    }
    return row;
  }

  private static float ln(double share) {
    return (float) Math.log(share);
  }
}
