package ai.pollux.model.families;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufType;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.loading.ModelException;
import ai.pollux.model.loading.ModelSlice;
import ai.pollux.model.loading.Progress;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people read when a model cannot be loaded. */
class LoadingMessagesTest {
  private static final String SIZES =
      "The checkpoint does not match config.json (Sizes[vocabulary=16, contextLength=32,"
          + " hiddenSize=8, feedForwardSize=12, layers=2, heads=2, kvHeads=1, headSize=4,"
          + " epsilon=1.0E-5])";

  @TempDir private Path folder;

  private String messageOf(TinyLlama model) {
    return messageOf(model.write(folder));
  }

  private static String messageOf(Path path) {
    try (Backend backend = new ReferenceBackend()) {
      ModelException thrown =
          catchThrowableOfType(
              ModelException.class, () -> Models.load(path, backend, Progress.NONE).close());
      assertThat(thrown).isNotNull();
      return String.valueOf(thrown.getMessage());
    }
  }

  @Test
  void aSliceOfAModelThatHasNoSmallerOnesInside() {
    Path path = new TinyLlama().write(folder);
    try (Backend backend = new ReferenceBackend()) {
      ModelException thrown =
          catchThrowableOfType(
              ModelException.class,
              () -> Models.load(path, backend, Progress.NONE, ModelSlice.E2B).close());
      assertThat(thrown)
          .hasMessage(
              "config.json: the slice e2b: only models of gemma3n have smaller ones inside, found"
                  + " llama");
    }
  }

  @Test
  void anUnbrokenModelLoadsAndTellsHowFarItIs() {
    List<Long> done = new ArrayList<>();
    Path path = new TinyLlama().write(folder);
    try (Backend backend = new ReferenceBackend();
        LanguageModel model =
            Models.load(
                path,
                backend,
                (name, bytes, total) -> {
                  done.add(bytes);
                  assertThat(bytes).isLessThanOrEqualTo(total);
                })) {
      ModelInfo info = model.info();
      assertThat(info.parameters()).isEqualTo(16 * 8 + 8 + 2 * (16 + 64 + 32 + 32 + 64 + 3 * 96));
      assertThat(info.weightBytes()).isEqualTo(4 * info.parameters());
      assertThat(done).isSorted().last().isEqualTo(info.weightBytes());
      assertThat(info.cacheLayers()).hasSize(2);
    }
  }

  @Test
  void inspectingTellsTheSameWithoutABackend() {
    Path path = new TinyLlama().write(folder);
    try (Backend backend = new ReferenceBackend();
        LanguageModel model = Models.load(path, backend, Progress.NONE);
        Checkpoint checkpoint = Checkpoints.open(path)) {
      assertThat(Models.inspect(checkpoint)).isEqualTo(model.info());
    }
  }

  @Test
  void aFolderWithoutConfigJson() throws IOException {
    Path path = new TinyLlama().write(folder);
    Files.delete(path.resolve("config.json"));
    assertThat(messageOf(path.resolve("model.safetensors")))
        .isEqualTo(
            "model.safetensors has no config.json beside it. Put the model's config.json into its"
                + " folder");
  }

  @Test
  void aConfigJsonThatIsNotJson() throws IOException {
    Path path = new TinyLlama().write(folder);
    Files.writeString(path.resolve("config.json"), "{\"model_type\": llama}");
    assertThat(messageOf(path)).startsWith("config.json: is not readable as JSON: ");
  }

  @Test
  void aConfigJsonThatIsAList() throws IOException {
    Path path = new TinyLlama().write(folder);
    Files.writeString(path.resolve("config.json"), "[]");
    assertThat(messageOf(path))
        .isEqualTo("config.json: expected a JSON object, as config.json of a model is");
  }

  @Test
  void aFamilyNobodyKnows() {
    assertThat(messageOf(new TinyLlama().set("model_type", "mamba")))
        .isEqualTo(
            "config.json: model_type: expected one of gemma3, gemma3_text, gemma3n, gemma3n_text,"
                + " gemma4, gemma4_text, gemma4_unified, gemma4_unified_text, llama, qwen3, found \"mamba\"");
  }

  @Test
  void weightsThatAreQuantizedOutsideGguf() {
    assertThat(messageOf(new TinyLlama().set("quantization_config", Map.of("bits", 4))))
        .isEqualTo(
            "config.json: quantization_config: expected nothing: only GGUF files may hold quantized"
                + " weights, found {bits=4}");
  }

  @Test
  void aSizeThatIsAbsent() {
    assertThat(messageOf(new TinyLlama().drop("hidden_size")))
        .isEqualTo(
            "config.json: hidden_size: expected a whole number from 1 to 16777216, found nothing");
  }

  @Test
  void aSizeInsideTextConfig() {
    TinyLlama model = new TinyLlama().set("text_config", Map.of("hidden_size", "wide"));
    assertThat(messageOf(model))
        .isEqualTo(
            "config.json: text_config.hidden_size: expected a whole number from 1 to 16777216,"
                + " found \"wide\"");
  }

  @Test
  void keyValueHeadsThatDoNotDivideTheHeads() {
    assertThat(messageOf(new TinyLlama().set("num_key_value_heads", 3)))
        .isEqualTo(
            "config.json: num_key_value_heads: expected a divisor of the 2 query heads, found 3");
  }

  @Test
  void aHeadSizeThatIsOdd() {
    assertThat(messageOf(new TinyLlama().set("head_dim", 5)))
        .isEqualTo("config.json: head_dim: expected an even head size, found 5");
  }

  @Test
  void biasesThatWouldBeLeftOut() {
    assertThat(messageOf(new TinyLlama().set("attention_bias", true)))
        .isEqualTo(
            "config.json: attention_bias: expected false (Llama's projections have no bias here),"
                + " found true");
  }

  @Test
  void anActivationOfAnotherFamily() {
    assertThat(messageOf(new TinyLlama().set("hidden_act", "gelu")))
        .isEqualTo("config.json: hidden_act: expected \"silu\", found \"gelu\"");
  }

  @Test
  void aWeightOfAnotherShape() {
    assertThat(messageOf(new TinyLlama().tensor("model.layers.1.self_attn.q_proj.weight", 8, 4)))
        .isEqualTo(
            "blocks.1.attention.query: expected [8, 8], found [8, 4] as"
                + " model.layers.1.self_attn.q_proj.weight in model.safetensors. "
                + SIZES);
  }

  @Test
  void aWeightThatIsAbsent() {
    assertThat(messageOf(new TinyLlama().dropTensor("model.norm.weight")))
        .isEqualTo(
            "finalNorm: expected [8], found no tensor model.norm.weight or"
                + " language_model.model.norm.weight or model.language_model.norm.weight in "
                + folder.getFileName()
                + ". "
                + SIZES);
  }

  @Test
  void aHeadThatIsAbsentThoughNotTied() {
    assertThat(messageOf(new TinyLlama().set("tie_word_embeddings", false)))
        .startsWith(
            "head: expected [16, 8], found no tensor lm_head.weight or"
                + " language_model.lm_head.weight in ");
  }

  @Test
  void weightsThatHaveNoPlace() {
    TinyLlama model =
        new TinyLlama()
            .tensor("model.layers.0.self_attn.q_proj.bias", 8)
            .tensor("model.layers.1.self_attn.q_proj.bias", 8);
    assertThat(messageOf(model))
        .isEqualTo(
            "model.layers.0.self_attn.q_proj.bias: [8] is in model.safetensors, but llama has no"
                + " place for it, nor for 1 others. "
                + SIZES);
  }

  @Test
  void aHeadThatIsStoredThoughTiedIsNotRefused() {
    Path path = new TinyLlama().tensor("lm_head.weight", 16, 8).write(folder);
    try (Checkpoint checkpoint = Checkpoints.open(path)) {
      assertThat(Models.inspect(checkpoint).vocabulary()).isEqualTo(16);
    }
  }

  @Test
  void rotationsOfKindsNobodyKnows() {
    assertThat(messageOf(new TinyLlama().set("rope_scaling", Map.of("type", "yarn"))))
        .isEqualTo(
            "config.json: rope_scaling.type: expected one of default, linear, llama3, proportional,"
                + " found \"yarn\"");
  }

  @Test
  void aGgufOfAFamilyNobodyKnows() {
    Path file = folder.resolve("model.gguf");
    gguf("mamba").write(file, GgufWriter.Progress.NONE);
    assertThat(messageOf(file))
        .isEqualTo(
            "model.gguf: general.architecture: expected one of gemma3, gemma3n, gemma4, llama, qwen3,"
                + " found \"mamba\"");
  }

  @Test
  void aGgufWithoutASize() {
    Path file = folder.resolve("model.gguf");
    gguf("llama").write(file, GgufWriter.Progress.NONE);
    assertThat(messageOf(file))
        .isEqualTo(
            "model.gguf: llama.block_count: expected a whole number from 1 to 4096, found nothing");
  }

  @Test
  void aGgufWithoutAnEmbedding() {
    Path file = folder.resolve("model.gguf");
    GgufWriter writer = gguf("llama");
    for (String key : List.of("block_count", "attention.head_count", "embedding_length")) {
      writer.put("llama." + key, new MetadataValue.Whole(GgufType.UINT32, 2));
    }
    writer.write(file, GgufWriter.Progress.NONE);
    assertThat(messageOf(file))
        .isEqualTo(
            "embedding: expected a matrix, found no tensor token_embd.weight in model.gguf. The"
                + " checkpoint does not match its configuration");
  }

  private static GgufWriter gguf(String architecture) {
    return new GgufWriter()
        .put("general.architecture", new MetadataValue.Text(architecture))
        .tensor("some.weight", Formats.F32, List.of(1L, 4L), (first, count, target) -> {});
  }
}
