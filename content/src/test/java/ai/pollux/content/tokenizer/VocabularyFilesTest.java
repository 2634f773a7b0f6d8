package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A vocabulary that went through GGUF's words cuts text as the file it came from. */
class VocabularyFilesTest {
  /** Where scores of pieces say less than a list of merges: SentencePiece itself differs too. */
  private static final String FIVE_SPACES = "     ";

  @TempDir private Path folder;

  private Path copy(String tokenizer) throws IOException {
    Path golden = TestFiles.golden("tokenizers/" + tokenizer);
    for (String name : List.of("tokenizer.json", "tokenizer_config.json")) {
      Files.copy(golden.resolve(name), folder.resolve(name));
    }
    return golden;
  }

  @ParameterizedTest
  @CsvSource({"gemma3, gemma3", "llama2, llama", "gemma4, gemma4", "llama3, llama", "qwen3, qwen3"})
  void tokenizerJsonAloneIsEnough(String tokenizer, String architecture) throws IOException {
    Path golden = copy(tokenizer);
    Tokenizer direct = Tokenizers.fromTokenizerJson(golden.resolve("tokenizer.json"));
    Tokenizer written =
        Tokenizers.fromGguf(Tokenizers.toGguf(folder, architecture, 608), tokenizer);
    JsonNode strings =
        JsonMapper.shared().readTree(golden.resolve("encodings.json")).path("strings");
    assertThat(strings.size()).isGreaterThan(20);
    for (JsonNode each : strings) {
      String text = each.path("text").asString();
      if (!text.contains(FIVE_SPACES) || !tokenizer.equals("gemma3")) {
        assertThat(written.encode(text)).as(text).isEqualTo(direct.encode(text));
        assertThat(written.encodeWithSpecials(text)).isEqualTo(direct.encodeWithSpecials(text));
      }
    }
  }

  @Test
  void idsThatNoFileNamesAreFilledUp() throws IOException {
    copy("llama3");
    GgufVocabulary vocabulary = Tokenizers.toGguf(folder, "llama", 610);
    assertThat(vocabulary.tokens().subList(608, 610)).containsExactly("[PAD608]", "[PAD609]");
    assertThat(vocabulary.tokenTypes()[609]).isEqualTo(5);
  }

  @Test
  void whatGgufCannotSayIsRefused() throws IOException {
    assertThatThrownBy(() -> Tokenizers.toGguf(folder, "llama", 8))
        .isInstanceOf(TokenizerException.class)
        .hasMessageContaining("expected tokenizer.json or tokenizer.model, found neither");
    Files.writeString(
        folder.resolve("tokenizer.json"),
        "{\"model\": {\"vocab\": {}}, \"pre_tokenizer\": {\"type\": \"Whitespace\"}}");
    assertThatThrownBy(() -> Tokenizers.toGguf(folder, "llama", 8))
        .hasMessageContaining("expected the split pattern of Llama 3 or Qwen, found {\"type\"");
    Files.writeString(folder.resolve("tokenizer.json"), "{");
    assertThatThrownBy(() -> Tokenizers.toGguf(folder, "llama", 8))
        .hasMessageContaining("tokenizer.json: expected JSON, found");
  }
}
