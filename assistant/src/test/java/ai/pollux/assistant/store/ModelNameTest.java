package ai.pollux.assistant.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelNameTest {
  @ParameterizedTest
  @CsvSource({
    "google/gemma-3-1b-it, google/gemma-3-1b-it, '', main",
    "hf.co/google/gemma:Q4_0, google/gemma, Q4_0, main",
    "https://huggingface.co/google/gemma, google/gemma, '', main",
    "google/gemma@refs/pr/3, google/gemma, '', refs/pr/3",
    "google/gemma:sub/gemma.gguf@v1, google/gemma, sub/gemma.gguf, v1"
  })
  void namesAreReadInAllTheirSpellings(String text, String repo, String pick, String revision) {
    assertThat(ModelName.parse(text)).isEqualTo(new ModelName(repo, pick, revision));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "gemma", "a/b/c", "../x", "a/..", "/a/b", "a/b:", "a/b:../c", "a b/c"})
  void whatIsNoNameIsRefused(String text) {
    assertThatThrownBy(() -> ModelName.parse(text))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("expected owner/repo");
  }

  @Test
  void aQuantisationPicksItsFileAllPartsAndTheBestProjector() {
    assertThat(
            chosen(
                "a/b:q4_0",
                "m-Q4_0.gguf",
                "m-Q4_0_4_8.gguf",
                "mmproj-F32.gguf",
                "mmproj-BF16.gguf"))
        .containsExactly("m-Q4_0.gguf", "mmproj-BF16.gguf");
    assertThat(chosen("a/b:Q8_0", "m-Q8_0-00001-of-00002.gguf", "m-Q8_0-00002-of-00002.gguf"))
        .hasSize(2);
    assertThat(chosen("a/b", "m-Q2_K.gguf", "m-Q8_0.gguf", "m-Q4_0.gguf"))
        .containsExactly("m-Q4_0.gguf");
  }

  @Test
  void withoutAPickSafetensorsComeWithTheirCompanions() {
    assertThat(
            chosen(
                "a/b",
                "model-00001-of-00002.safetensors",
                "model-00002-of-00002.safetensors",
                "model.safetensors.index.json",
                "tokenizer.json",
                "chat_template.jinja",
                "original/consolidated.safetensors",
                "onnx/model.onnx",
                "model.gguf"))
        .hasSize(5);
  }

  @Test
  void whatFitsNothingOrSeveralIsToldWithWhatThereIs() {
    assertThatThrownBy(() -> chosen("a/b:Q5_0", "x-Q4_0.gguf"))
        .hasMessageContainingAll("a/b:Q5_0", "x-Q4_0.gguf");
    assertThatThrownBy(() -> chosen("a/b:Q4_0", "x-Q4_0.gguf", "y-Q4_0.gguf"))
        .hasMessageContainingAll("several", "x-Q4_0.gguf", "y-Q4_0.gguf");
    assertThatThrownBy(() -> chosen("a/b", "pytorch_model.bin"))
        .hasMessageContaining("neither .safetensors nor .gguf");
  }

  private static List<String> chosen(String name, String... paths) {
    List<HubFile> files =
        Stream.of(paths).map(path -> new HubFile(path, 1, Optional.empty(), "0")).toList();
    return Selection.of(ModelName.parse(name), new HubListing("c", files)).stream()
        .map(HubFile::path)
        .toList();
  }
}
