package ai.pollux.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SamplingTest {
  @Test
  void valuesOutOfRangeAreRefusedByName() {
    assertRefused(() -> Sampling.of(-1), "temperature: expected [0, ∞), found -1.0");
    assertRefused(() -> Sampling.of(Float.NaN), "temperature: expected [0, ∞), found NaN");
    Sampling one = Sampling.of(1);
    assertRefused(() -> one.withTopK(-1), "topK: expected [1, ∞), or 0 for all tokens, found -1");
    assertRefused(() -> one.withTopP(0), "topP: expected (0, 1], found 0.0");
    assertRefused(() -> one.withMinP(2), "minP: expected [0, 1], found 2.0");
    assertRefused(
        () -> one.withPenalties(Float.NaN, 0), "presencePenalty: expected finite, found NaN");
    assertRefused(
        () -> one.withPenalties(0, 1f / 0), "frequencyPenalty: expected finite, found Infinity");
    assertRefused(() -> one.withLogprobs(101), "logprobs: expected [0, 100], found 101");
    assertRefused(
        () -> one.withLogitBias(Map.of(3, Float.NaN)),
        "logitBias of token 3: expected finite, or negative infinity to ban the token, found NaN");
  }

  @Test
  void eachWitherChangesOneValue() {
    Sampling sampling =
        Sampling.GREEDY
            .withTemperature(0.7f)
            .withTopK(40)
            .withTopP(0.9f)
            .withMinP(0.1f)
            .withPenalties(1, 2)
            .withSeed(5)
            .withLogitBias(Map.of(1, 2f))
            .withLogprobs(3);
    assertThat(sampling)
        .hasToString(
            "Sampling[temperature=0.7, topK=40, topP=0.9, minP=0.1, presencePenalty=1.0,"
                + " frequencyPenalty=2.0, seed=OptionalLong[5], logitBias={1=2.0},"
                + " logprobs=OptionalInt[3]]");
  }

  private static void assertRefused(ThrowingCallable making, String message) {
    assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
