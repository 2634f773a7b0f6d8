package ai.pollux.content.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.MediaException;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.testkit.TestFiles;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Prompts that do not go together with their media, and what the goldens do not have. */
final class PromptExpansionTest {
  private static final PromptMedium IMAGE = new PromptMedium.Image(3, 0);

  private final PromptExpansion gemma4 = expansion("gemma4/mixed", MediaMarkup.gemma4());
  private final PromptExpansion gemma3 = expansion("gemma3/vision", MediaMarkup.gemma3());

  private static PromptExpansion expansion(String goldenCase, MediaMarkup markup) {
    Tokenizer tokenizer =
        Tokenizers.fromTokenizerJson(TestFiles.golden(goldenCase + "/hf/tokenizer.json"));
    return new PromptExpansion(markup, tokenizer);
  }

  @Test
  void aPromptWithoutMediaIsItsText() {
    ExpandedPrompt expanded = gemma4.expand("see", List.of());
    assertThat(expanded.ids()).isEqualTo(gemma4.tokenizer().encodeWithSpecials("see"));
    assertThat(expanded.runs()).isEmpty();
  }

  @Test
  void aPlaceholderWithoutMediumIsRefused() {
    assertThatThrownBy(() -> gemma4.expand("see <|image|> and <|image|>", List.of(IMAGE)))
        .isInstanceOf(MediaException.class)
        .hasMessage(
            "Expected the prompt to have a place for each medium, [<|image|>], found [<|image|>, <|image|>]. A text must not spell these marks; the chat template must write them for media.");
  }

  @Test
  void aMediumWithoutPlaceholderIsRefused() {
    assertThatThrownBy(() -> gemma4.expand("see", List.of(IMAGE)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("[<|image|>], found []");
  }

  @Test
  void aPlaceholderOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> gemma4.expand("hear <|audio|>", List.of(IMAGE)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("[<|image|>], found [<|audio|>]");
  }

  @Test
  void aSpelledSoftTokenIsRefused() {
    assertThatThrownBy(() -> gemma3.expand("<image_soft_token> <start_of_image>", List.of(IMAGE)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("A text spells <image_soft_token>");
  }

  @Test
  void aKindThatTheFamilyLacksIsNamed() {
    assertThatThrownBy(() -> gemma3.expand("hear", List.of(new PromptMedium.Sound(2))))
        .isInstanceOf(MediaException.class)
        .hasMessage("This model's prompts have no place for a sound. Send text, images.");
  }

  @Test
  void aTokenizerOfAnotherModelIsNamed() {
    PromptExpansion mixed = new PromptExpansion(MediaMarkup.gemma4(), gemma3.tokenizer());
    assertThatThrownBy(() -> mixed.expand("<|image|>", List.of(IMAGE)))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("The tokenizer has no token <|image|>");
  }

  @Test
  void dollarsAndBackslashesOfATextStay() {
    String text = "a \\1 $2 <|image|> $0 \\";
    ExpandedPrompt expanded = gemma4.expand(text, List.of(IMAGE));
    assertThat(gemma4.tokenizer().decode(expanded.ids()))
        .contains("\\1 $2", "<|image><|image|><|image|><|image|><image|>", "$0 \\");
  }

  @Test
  void runsFollowTheMedia() {
    List<PromptMedium> media =
        List.of(
            new PromptMedium.Sound(2),
            new PromptMedium.Sound(0),
            new PromptMedium.Video(
                List.of(
                    new PromptMedium.Frame(Duration.ofSeconds(59), 1),
                    new PromptMedium.Frame(Duration.ofMillis(6_000_999), 2))));
    ExpandedPrompt expanded = gemma4.expand("<|audio|><|audio|><|video|>", media);
    assertThat(gemma4.tokenizer().decode(expanded.ids()))
        .isEqualTo(
            "<|audio><|audio|><|audio|><audio|><|audio><audio|>00:59 <|image><|video|><image|> 100:00 <|image><|video|><|video|><image|>");
    assertThat(expanded.runs()).extracting(ExpandedPrompt.Run::medium).containsExactly(0, 2, 2);
    assertThat(expanded.runs()).extracting(ExpandedPrompt.Run::length).containsExactly(2, 1, 2);
  }

  @Test
  void gemma3nPutsNewlinesAroundItsMarks() {
    assertThat(MediaMarkup.gemma3n().text(new PromptMedium.Sound(2)))
        .isEqualTo("\n\n<start_of_audio><audio_soft_token><audio_soft_token><end_of_audio>\n\n");
    assertThat(MediaMarkup.gemma3n().text(new PromptMedium.Image(1, 0)))
        .isEqualTo("\n\n<start_of_image><image_soft_token><end_of_image>\n\n");
  }
}
