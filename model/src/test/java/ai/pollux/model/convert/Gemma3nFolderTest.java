package ai.pollux.model.convert;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.families.Models;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gemma 3n to GGUF and back: matrices of streams are stacked, tables get rows of zeros. */
class Gemma3nFolderTest {
  @TempDir private Path folder;

  @Test
  void theFolderIsTheSameButForRowsOfZeros() throws IOException {
    Path source = TestFiles.golden("gemma3n/text/hf");
    Path gguf = folder.resolve("a.gguf");
    Path made = Files.createDirectories(folder.resolve("made"));
    try (Checkpoint original = Checkpoints.open(source)) {
      GgufConversion.of(original).writer(Recipe.F32).write(gguf, GgufWriter.Progress.NONE);
      try (Checkpoint file = Checkpoints.open(gguf)) {
        FolderConversion conversion = FolderConversion.of(file);
        config(conversion.config(Formats.F32), made, source);
        conversion
            .writer(Formats.F32)
            .write(made.resolve("model.safetensors"), GgufWriter.Progress.NONE);
      }
      try (Checkpoint found = Checkpoints.open(made)) {
        assertThat(Models.inspect(found).layers()).isEqualTo(15);
        assertThat(found.names()).hasSameSizeAs(original.names());
        for (String name : found.names()) {
          float[] values = found.entry(name).values();
          float[] theirs =
              original.entry(name.replaceFirst("^model.", "model.language_model.")).values();
          assertThat(Arrays.copyOf(values, theirs.length)).as(name).isEqualTo(theirs);
          for (int i = theirs.length; i < values.length; i++) {
            assertThat(values[i]).as(name).isZero();
          }
        }
      }
    }
  }

  private static void config(Map<String, Object> made, Path folder, Path source)
      throws IOException {
    JsonMapper mapper = JsonMapper.shared();
    Files.writeString(folder.resolve("config.json"), mapper.writeValueAsString(made));
    JsonNode found = mapper.readTree(folder.resolve("config.json"));
    JsonNode expected = mapper.readTree(source.resolve("config.json")).path("text_config");
    for (String key :
        new String[] {
          "hidden_size",
          "intermediate_size",
          "num_hidden_layers",
          "num_attention_heads",
          "num_key_value_heads",
          "head_dim",
          "rms_norm_eps",
          "sliding_window",
          "layer_types",
          "final_logit_softcapping",
          "altup_num_inputs",
          "altup_active_idx",
          "num_kv_shared_layers",
          "laurel_rank",
          "hidden_size_per_layer_input",
          "activation_sparsity_pattern",
          "max_position_embeddings",
          "vocab_size"
        }) {
      assertThat(found.path(key)).as(key).isEqualTo(expected.path(key));
    }
  }
}
