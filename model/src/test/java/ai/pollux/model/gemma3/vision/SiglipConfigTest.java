package ai.pollux.model.gemma3.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.SettingException;
import ai.pollux.model.loading.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SiglipConfigTest {
  private static final Map<String, ?> PUBLISHED =
      Map.of(
          "hidden_size", 1152,
          "image_size", 896,
          "intermediate_size", 4304,
          "num_attention_heads", 16,
          "num_hidden_layers", 27,
          "patch_size", 14);

  private static Settings whole(int tokens) {
    return new Settings(
        Format.HUGGING_FACE,
        "config.json",
        Map.of("vision_config", PUBLISHED, "mm_tokens_per_image", tokens));
  }

  @Test
  void thePublishedTower() {
    assertThat(SiglipConfig.ofHuggingFace(whole(256)))
        .isEqualTo(new SiglipConfig(1152, 27, 16, 4304, 14, 64, 4, 1e-6f));
  }

  @Test
  void tokensThatPatchesDoNotMakeAreRefused() {
    for (int tokens : new int[] {250, 9, 5000}) {
      assertThatThrownBy(() -> SiglipConfig.ofHuggingFace(whole(tokens)))
          .isInstanceOf(SettingException.class)
          .hasMessage(
              "config.json: mm_tokens_per_image: expected the number of equal squares that 64 x 64"
                  + " patches make, found "
                  + tokens);
    }
  }

  @Test
  void theSameInGguf() {
    Settings clip =
        new Settings(
            Format.GGUF,
            "mmproj.gguf",
            Map.of(
                "embedding_length", 1152,
                "image_size", 896,
                "feed_forward_length", 4304,
                "attention.head_count", 16,
                "block_count", 27,
                "patch_size", 14,
                "attention.layer_norm_epsilon", 1e-6));
    assertThat(SiglipConfig.ofGguf(clip))
        .isEqualTo(new SiglipConfig(1152, 27, 16, 4304, 14, 64, 4, 1e-6f));
  }
}
