package ai.pollux.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** A mask leaves the scores of its tokens, and no other. */
final class TokenMaskTest {
  private static final int VOCABULARY = 1000;

  @Test
  void leavesTheScoresOfItsTokensHoweverMany() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    for (int many = 0; many <= VOCABULARY; many += 37) {
      BitSet allowed = new BitSet();
      for (int i = 0; i < many; i++) {
        allowed.set(random.nextInt(VOCABULARY));
      }
      TokenMask mask = TokenMask.ofBits(Arrays.copyOf(allowed.toLongArray(), 16));
      assertThat(mask.count()).isEqualTo(allowed.cardinality());
      float[] scores = new float[VOCABULARY];
      Arrays.fill(scores, 3);
      mask.apply(scores);
      for (int id = 0; id < VOCABULARY; id++) {
        assertThat(mask.allows(id)).isEqualTo(allowed.get(id));
        assertThat(scores[id]).isEqualTo(allowed.get(id) ? 3 : Float.NEGATIVE_INFINITY);
      }
    }
  }

  @Test
  void idsBeyondItsBitsAreNotAllowed() {
    TokenMask mask = TokenMask.ofBits(new long[] {-1});
    float[] scores = new float[100];
    mask.apply(scores);
    assertThat(mask.allows(63)).isTrue();
    assertThat(mask.allows(64)).isFalse();
    assertThat(scores[63]).isZero();
    assertThat(scores[64]).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void samplersPickAmongTheAllowedInEveryWay() {
    TokenMask mask = TokenMask.of(3, 70, 5);
    Sampling[] ways = {
      Sampling.GREEDY,
      Sampling.of(1),
      Sampling.of(2).withTopK(2),
      Sampling.of(1).withTopP(0.5f),
      Sampling.of(1).withMinP(0.1f),
      Sampling.of(1).withPenalties(2, 2)
    };
    for (Sampling way : ways) {
      Scores scores = new Scores(100);
      Sampler sampler = new Sampler(way, 1, 0);
      for (int i = 0; i < 50; i++) {
        for (int id = 0; id < 100; id++) {
          scores.values()[id] = id == 70 ? -4 : id % 7;
        }
        assertThat(sampler.next(scores, mask)).isIn(3, 5, 70);
      }
    }
  }

  @Test
  void anEmptyMaskIsAMistakeThatShows() {
    assertThatThrownBy(
            () -> new Sampler(Sampling.GREEDY, 1, 0).next(new Scores(10), TokenMask.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected at least one finite score");
  }
}
