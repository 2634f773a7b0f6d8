package ai.pollux.model.gemma4.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.SettingException;
import ai.pollux.model.loading.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VisionConfigTest {
  private static Settings settings(Map<String, ?> vision) {
    return new Settings(Format.HUGGING_FACE, "config.json", Map.of("vision_config", vision))
        .section("vision_config");
  }

  @Test
  void whatIsNotSaidIsThatOfTheSmallTower() {
    VisionConfig config = VisionConfig.ofHuggingFace(settings(Map.of("model_type", "x")));
    assertThat(config)
        .isEqualTo(new VisionConfig(768, 16, 12, 64, 3072, 16, 10_240, 3, 100, 1e-6f, false));
  }

  @Test
  void theLargeTower() {
    VisionConfig config =
        VisionConfig.ofHuggingFace(
            settings(
                Map.of(
                    "hidden_size", 1152,
                    "num_hidden_layers", 27,
                    "num_attention_heads", 16,
                    "head_dim", 72,
                    "intermediate_size", 4304,
                    "standardize", true,
                    "rope_parameters", Map.of("rope_theta", 50.0))));
    assertThat(config.headSize()).isEqualTo(72);
    assertThat(config.theta()).isEqualTo(50);
    assertThat(config.isStandardised()).isTrue();
  }

  @Test
  void headsThatTwoAxesCannotShareAreRefused() {
    assertThatThrownBy(() -> VisionConfig.ofHuggingFace(settings(Map.of("head_dim", 18))))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "config.json: vision_config.head_dim: expected one that makes heads of a multiple of 4"
                + " values, not 18, found 18");
  }

  @Test
  void fewerKeysThanQueriesAreRefused() {
    assertThatThrownBy(() -> VisionConfig.ofHuggingFace(settings(Map.of("num_key_value_heads", 4))))
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "config.json: vision_config.num_key_value_heads: expected a whole number from 12 to 12,"
                + " found 4");
  }
}
