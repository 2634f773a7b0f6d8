package ai.pollux.model.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.tensor.Rope;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RopesTest {
  private static Settings settings(Map<String, ?> values) {
    return new Settings(Format.HUGGING_FACE, "config.json", values);
  }

  private static Settings gguf(Map<String, ?> values) {
    return new Settings(Format.GGUF, "model.gguf", values);
  }

  @Test
  void oldAndNewSpellingsMeanTheSame() {
    Map<String, ?> scaling =
        Map.of(
            "rope_type", "llama3",
            "factor", 8.0,
            "low_freq_factor", 1.0,
            "high_freq_factor", 4.0,
            "original_max_position_embeddings", 8192,
            "rope_theta", 500_000.0);
    Rope old =
        Ropes.ofHuggingFace(
            settings(Map.of("rope_theta", 500_000, "rope_scaling", scaling)), 10_000, 64);
    Rope now = Ropes.ofHuggingFace(settings(Map.of("rope_parameters", scaling)), 10_000, 64);
    assertThat(old.frequencies()).isEqualTo(now.frequencies());
  }

  @Test
  void llama3LeavesFastPairsAloneAndSlowsSlowOnes() {
    Map<String, ?> scaling =
        Map.of(
            "rope_type", "llama3",
            "factor", 8.0,
            "low_freq_factor", 1.0,
            "high_freq_factor", 4.0,
            "original_max_position_embeddings", 8192);
    float[] scaled = Ropes.scaled(settings(scaling), 500_000, 64).frequencies();
    float[] plain = Rope.standard(64, 500_000).frequencies();
    assertThat(scaled[0]).isEqualTo(plain[0]);
    // one rounding to float of a value that is itself rounded: 2 units in the last place
    assertThat(scaled[31]).isCloseTo(plain[31] / 8, within(plain[31] * 0x1p-22f));
    assertThat(scaled[16]).isBetween(plain[16] / 8, plain[16]);
  }

  @Test
  void proportionalTurnsTheFirstPairsOnly() {
    float[] frequencies =
        Ropes.scaled(
                settings(Map.of("rope_type", "proportional", "partial_rotary_factor", 0.25)),
                1_000_000,
                32)
            .frequencies();
    float[] plain = Rope.standard(32, 1_000_000).frequencies();
    assertThat(frequencies).startsWith(plain[0], plain[1], plain[2], plain[3]).hasSize(16);
    for (int pair = 4; pair < 16; pair++) {
      assertThat(frequencies[pair]).isZero();
    }
  }

  @Test
  void ggufFactorsDivideAndHugeOnesStop() {
    Rope rope =
        Ropes.ofGguf(
            gguf(Map.of("rope.freq_base", 10_000.0)), new float[] {1, 2, 4, 1e30f}, 8, true);
    float[] plain = Rope.standard(8, 10_000).frequencies();
    assertThat(rope.frequencies()).containsExactly(plain[0], plain[1] / 2, plain[2] / 4, 0);
    assertThat(rope.interleaved()).isTrue();
  }

  @Test
  void linearScalingIsReadFromBoth() {
    float[] plain = Rope.standard(8, 10_000).frequencies();
    assertThat(
            Ropes.scaled(settings(Map.of("type", "linear", "factor", 2)), 10_000, 8).frequencies())
        .containsExactly(plain[0] / 2, plain[1] / 2, plain[2] / 2, plain[3] / 2);
    assertThat(
            Ropes.ofGguf(
                    gguf(Map.of("rope.scaling.type", "linear", "rope.scaling.factor", 2)),
                    new float[0],
                    8,
                    false)
                .frequencies())
        .containsExactly(plain[0] / 2, plain[1] / 2, plain[2] / 2, plain[3] / 2);
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> Ropes.scaled(settings(Map.of("rope_type", "linear")), 10_000, 8))
        .hasMessage("config.json: factor: expected a number above 0, found nothing");
    Map<String, ?> crossed =
        Map.of(
            "rope_type", "llama3",
            "factor", 8.0,
            "low_freq_factor", 4.0,
            "high_freq_factor", 1.0,
            "original_max_position_embeddings", 8192);
    assertThatThrownBy(() -> Ropes.scaled(settings(crossed), 10_000, 8))
        .hasMessage(
            "config.json: high_freq_factor: expected a number above low_freq_factor, 4.0, found"
                + " 1.0");
    assertThatThrownBy(() ->
            Ropes.scaled(
                settings(Map.of("rope_type", "proportional", "partial_rotary_factor", 2)),
                10_000,
                8))
        .hasMessage(
            "config.json: partial_rotary_factor: expected a share above 0, at most 1, found 2");
    assertThatThrownBy(
            () -> Ropes.ofGguf(gguf(Map.of("rope.scaling.type", "yarn")), new float[0], 8, false))
        .hasMessage("model.gguf: rope.scaling.type: expected one of none, linear, found \"yarn\"");
    assertThatThrownBy(
            () -> Ropes.ofGguf(gguf(Map.of("rope.dimension_count", 4)), new float[0], 8, false))
        .hasMessage(
            "model.gguf: rope.dimension_count: expected a whole number from 8 to 8, found 4");
  }
}
