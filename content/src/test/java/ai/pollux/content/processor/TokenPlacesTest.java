package ai.pollux.content.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.MediaException;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.testkit.TestFiles;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Places of a text among its tokens. */
final class TokenPlacesTest {
  private final Tokenizer tokenizer =
      Tokenizers.fromTokenizerJson(TestFiles.golden("gemma4_unified/mixed/hf/tokenizer.json"));
  private final PromptExpansion expansion = new PromptExpansion(MediaMarkup.gemma4(), tokenizer);

  @Test
  void whatStandsBetweenPlacesIsFoundBehindMedia() {
    String text = "<bos>see <|image|> and <|image|>\nit is\u00E9 so<turn|>\n";
    int from = text.indexOf("it is");
    int to = text.indexOf("\n", from);
    List<PromptMedium> media = List.of(new PromptMedium.Image(3, 0), new PromptMedium.Image(5, 0));
    PromptExpansion.Placed placed = expansion.expand(text, media, new int[] {0, from, to});
    int[] ids = placed.prompt().ids();
    assertThat(ids).isEqualTo(expansion.expand(text, media).ids());
    int[] places = placed.places();
    assertThat(places[0]).isZero();
    assertThat(tokenizer.decode(Arrays.copyOfRange(ids, places[1], places[2])))
        .isEqualTo("it is\u00E9 so<turn|>");
  }

  @Test
  void aMediumAloneHasItsMarks() {
    ExpandedPrompt alone = expansion.alone(new PromptMedium.Sound(2));
    assertThat(tokenizer.decode(alone.ids())).isEqualTo("<|audio><|audio|><|audio|><audio|>");
    assertThat(alone.runs()).containsExactly(new ExpandedPrompt.Run(1, 2, 0));
  }

  @Test
  void aTextThatTheTokenizerChangesIsRefused() {
    assertThatThrownBy(() -> TokenPlaces.find(tokenizer, "abc", tokenizer.encode("ab"), new int[1]))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining(
            "Expected tokens of 3 bytes, found 2: the tokenizer changes the text");
  }

  @Test
  void aModelOfTextAloneNeedsNoMarks() {
    PromptExpansion text = new PromptExpansion(FrontEnds.none().markup(), tokenizer);
    assertThat(text.expand("see", List.of()).ids()).isEqualTo(tokenizer.encodeWithSpecials("see"));
  }
}
