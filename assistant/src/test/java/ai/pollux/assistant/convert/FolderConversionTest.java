package ai.pollux.assistant.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.assistant.TokenizerFinder;
import ai.pollux.content.tokenizer.Tokenizer;
import ai.pollux.content.tokenizer.Tokenizers;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.convert.Recipe;
import ai.pollux.model.families.Models;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A GGUF written as a Hugging Face folder is the folder that it was made of. */
class FolderConversionTest {
  private static final List<String> CASES =
      List.of(
          "gemma3/text",
          "gemma4/e2b-like",
          "gemma4/dense-like",
          "gemma4/moe-like",
          "gemma4_unified/text",
          "llama/llama2-like",
          "llama/llama3-like",
          "qwen3/dense");

  /** Gains of norms, up to 4, had 1 added and taken away again: off by half a unit of 4 at most. */
  private static final float ROUNDING = 2.4e-7f;

  /** Longer runs of spaces and newlines, which Gemma 3 lists with one score. */
  private static final Pattern EQUAL_SCORES = Pattern.compile(" {5}|\n{3}");

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> aGgufBecomesTheFolderItWasMadeOf() {
    return CASES.stream().map(name -> dynamicTest(name, () -> check(name)));
  }

  private void check(String name) throws IOException {
    Path source = TestFiles.golden(name);
    Path made = folder.resolve(name.replace('/', '-'));
    write(source.resolve("model-f32.gguf"), made);
    try (Checkpoint original = Checkpoints.open(source.resolve("hf"));
        Checkpoint gguf = Checkpoints.open(source.resolve("model-f32.gguf"));
        Checkpoint found = Checkpoints.open(made)) {
      for (String tensor : found.names()) {
        String theirs =
            original.contains(tensor) ? tensor : tensor.replace("model.", "model.language_model.");
        assertThat(found.entry(tensor).shape()).isEqualTo(original.entry(theirs).shape());
        float[] values = found.entry(tensor).values();
        float[] expected = original.entry(theirs).values();
        for (int i = 0; i < values.length; i++) {
          assertThat(Math.abs(values[i] - expected[i])).as(tensor).isLessThanOrEqualTo(ROUNDING);
        }
      }
      assertThat(info(found)).isEqualTo(info(original));
      sameTokens(name, made, gguf);
    }
  }

  /** What a model is but for where it came from. */
  private static String info(Checkpoint checkpoint) {
    ModelInfo info = Models.inspect(checkpoint);
    return "%s %d layers of %d, %d tokens, %d weights, %s"
        .formatted(
            info.architecture(),
            info.layers(),
            info.hiddenSize(),
            info.vocabulary(),
            info.parameters(),
            info.cacheLayers());
  }

  private static void sameTokens(String name, Path made, Checkpoint gguf) {
    Tokenizer found = Tokenizers.fromTokenizerJson(made.resolve("tokenizer.json"));
    String vocabulary =
        switch (name.substring(0, name.indexOf('/'))) {
          case "gemma4_unified" -> "gemma4";
          case "llama" -> name.contains("2") ? "llama2" : "llama3";
          case String family -> family;
        };
    JsonNode rows =
        JsonMapper.shared()
            .readTree(TestFiles.golden("tokenizers/" + vocabulary + "/encodings.json"));
    Tokenizer expected = Tokenizers.fromGguf(TokenizerFinder.vocabulary(gguf), name);
    int count = 0;
    for (JsonNode row : rows.isArray() ? rows : rows.path("strings")) {
      String text = row.path("text").asString();
      if (vocabulary.equals("gemma3") && EQUAL_SCORES.matcher(text).find()) {
        // Pieces of equal scores, which a list of merges has to put into an order.
        assertThat(found.encode(text)).as(text).hasSizeBetween(1, expected.encode(text).length + 1);
      } else {
        assertThat(found.encode(text)).as(text).isEqualTo(expected.encode(text));
      }
      count++;
    }
    assertThat(count).isGreaterThan(20);
  }

  private static void write(Path source, Path target) {
    Conversions.toSafetensors(source, target, Formats.F32, false, GgufWriter.Progress.NONE);
  }

  /** There and back again: the same tensors, the same tokens. */
  @Test
  void theFolderBecomesTheSameGguf() {
    Path first = TestFiles.golden("gemma3/text/model-f32.gguf");
    Path made = folder.resolve("made");
    write(first, made);
    Path again = folder.resolve("again.gguf");
    Conversions.toGguf(made, again, Recipe.F32, Optional.empty(), false, GgufWriter.Progress.NONE);
    try (Checkpoint expected = Checkpoints.open(first);
        Checkpoint found = Checkpoints.open(again)) {
      assertThat(found.names()).containsExactlyInAnyOrderElementsOf(expected.names());
      for (String key : List.of("gemma3.attention.sliding_window", "gemma3.rope.freq_base_swa")) {
        assertThat(found.metadata().value(key)).isEqualTo(expected.metadata().value(key));
      }
      assertThat(found.metadata().flag("tokenizer.ggml.add_space_prefix")).contains(false);
    }
  }

  @Test
  void blocksAreWidened() {
    Path target = folder.resolve("wide");
    write(TestFiles.golden("gemma4/dense-like/model-q4_0.gguf"), target);
    try (Checkpoint from = Checkpoints.open(TestFiles.golden("gemma4/dense-like/model-q4_0.gguf"));
        Checkpoint made = Checkpoints.open(target)) {
      assertThat(made.entry("model.layers.0.mlp.up_proj.weight").values())
          .isEqualTo(from.entry("blk.0.ffn_up.weight").values());
    }
    assertThat(target.resolve("chat_template.jinja")).exists();
    assertThat(target.resolve("generation_config.json")).content().contains("\"eos_token_id\" : 1");
  }

  @Test
  void aFolderWithWeightsStays() throws IOException {
    Path target = Files.createDirectories(folder.resolve("mine"));
    Path weights = Files.writeString(target.resolve("model.safetensors"), "mine");
    assertThatThrownBy(() -> write(TestFiles.golden("qwen3/dense/model-f32.gguf"), target))
        .hasMessage(weights + ": is there already. Say --force to replace it");
    assertThat(target.resolve("config.json")).doesNotExist();
  }
}
