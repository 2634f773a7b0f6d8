package ai.pollux.model.gemma4;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.loading.Format;
import ai.pollux.model.loading.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
  @Test
  void placeholdersCountAsPadding() {
    Placeholders placeholders = new Placeholders(new int[] {9, 12}, 3);
    assertThat(placeholders.padded(new int[] {1, 9, 9, 2, 12})).containsExactly(1, 3, 3, 2, 3);
  }

  @Test
  void textStaysTheSameArray() {
    int[] text = {1, 2, 5};
    assertThat(new Placeholders(new int[] {9}, 0).padded(text)).isSameAs(text);
  }

  @Test
  void configJsonNamesThemBesideTheSettingsOfText() {
    Settings whole =
        new Settings(
            Format.HUGGING_FACE,
            "config.json",
            Map.of(
                "image_token_id",
                7,
                "video_token_id",
                8,
                "text_config",
                Map.of("pad_token_id", 1)));
    Placeholders placeholders = Placeholders.of(whole.section("text_config"));
    assertThat(placeholders.ids()).containsExactly(7, 8);
    assertThat(placeholders.padding()).isEqualTo(1);
  }

  @Test
  void ggufHasThemAmongItsTokens() {
    Settings whole =
        new Settings(
            Format.GGUF,
            "model.gguf",
            Map.of(
                "tokenizer.ggml.tokens",
                List.of("<pad>", "a", "<|audio|>", "<|image|>"),
                "tokenizer.ggml.padding_token_id",
                0));
    Placeholders placeholders = Placeholders.of(whole);
    assertThat(placeholders.ids()).containsExactlyInAnyOrder(2, 3);
    assertThat(placeholders.padding()).isZero();
  }
}
