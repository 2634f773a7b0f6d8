package ai.pollux.content.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.content.Json;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class VocabularyJsonTest {
  /** {@code <s>}, then pieces whose scores say that "ab" is made before "bc" and "abc". */
  private static GgufVocabulary vocabulary(String model, String preTokenizer) {
    return new GgufVocabulary(
        model,
        preTokenizer,
        List.of("<s>", "a", "b", "c", "ab", "bc", "abc", "[PAD7]"),
        new float[] {0, -9, -9, -9, -1, -2, -3, -99},
        new int[] {3, 1, 1, 1, 1, 1, 1, 5},
        List.of("a b"),
        OptionalInt.of(0),
        OptionalInt.empty(),
        OptionalInt.empty(),
        Optional.of(true),
        Optional.empty(),
        Optional.of(false));
  }

  @Test
  void mergesAreMadeOfScores() {
    Json.Obj file =
        (Json.Obj) Json.parse(Tokenizers.toTokenizerJson(vocabulary("llama", "default"), "a.gguf"));
    Json.Obj model = (Json.Obj) file.member("model");
    assertThat(model.member("merges"))
        .hasToString("[[\"a\",\"b\"],[\"b\",\"c\"],[\"a\",\"bc\"],[\"ab\",\"c\"]]");
    assertThat(((Json.Obj) model.member("vocab")).members()).hasSize(7).doesNotContainKey("[PAD7]");
    assertThat(file.member("post_processor").toString()).contains("\"<s>\"");
  }

  @Test
  void whatHasNoSuchFileIsRefused() {
    assertThatThrownBy(() -> Tokenizers.toTokenizerJson(vocabulary("bert", "x"), "a.gguf"))
        .isInstanceOf(TokenizerException.class)
        .hasMessage(
            "a.gguf, tokenizer.ggml.model: expected llama, gpt2 or gemma4 to write as"
                + " tokenizer.json, found 'bert'. Put the model's own tokenizer.json into the"
                + " folder instead.");
    assertThatThrownBy(() -> Tokenizers.toTokenizerJson(vocabulary("gpt2", "tekken"), "a.gguf"))
        .hasMessageContaining("tokenizer.ggml.pre: expected llama-bpe or qwen2")
        .hasMessageContaining("found 'tekken'");
  }
}
