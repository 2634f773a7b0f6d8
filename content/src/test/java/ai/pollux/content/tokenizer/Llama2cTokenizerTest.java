package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** The vocabulary of stories260K. */
final class Llama2cTokenizerTest {
  private final Tokenizer tokenizer =
      Tokenizers.fromLlama2c(TestFiles.data("weights/stories260K/tok512.bin"));

  @Test
  void theStoryComesBackByteForByte() throws IOException {
    String story = Files.readString(TestFiles.data("weights/stories260K/greedy-200-steps.txt"));
    int[] ids = tokenizer.encode(story);
    assertThat(ids.length).isLessThan(story.length() / 2);
    assertThat(tokenizer.decode(ids)).isEqualTo(story);
  }

  @Test
  void aStoryBeginsWithOnce() {
    int[] ids = tokenizer.framed(tokenizer.encode("Once upon a time"));
    assertThat(ids).startsWith(1);
    assertThat(tokenizer.piece(ids[1])).startsWith(" O");
    assertThat(tokenizer.vocabularySize()).isEqualTo(512);
    assertThat(tokenizer.addsBos()).isTrue();
    assertThat(tokenizer.bos()).hasValue(1);
    assertThat(tokenizer.eos()).hasValue(2);
  }

  @Test
  void charactersWithoutAPieceBecomeTheirBytes() {
    assertThat(tokenizer.encode("\u4E2D")).endsWith(0xE4 + 3, 0xB8 + 3, 0xAD + 3);
    assertThat(tokenizer.decode(tokenizer.encode("\u4E2D \uD83D\uDE00")))
        .isEqualTo("\u4E2D \uD83D\uDE00");
  }

  @Test
  void onlyTextThatBeginsLosesItsFirstSpace() {
    int word = tokenizer.encode("and")[0];
    assertThat(tokenizer.piece(word)).startsWith(" ");
    assertThat(tokenizer.detokenizer().push(word)).isEqualTo(tokenizer.piece(word).substring(1));
    assertThat(tokenizer.continuingDetokenizer().push(word)).isEqualTo(tokenizer.piece(word));
  }
}
