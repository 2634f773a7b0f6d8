package ai.pollux.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every checkpoint among the goldens opens, and its plain tensors can be read. */
class GoldenCheckpointsTest {
  @TestFactory
  Stream<DynamicTest> everyFileOfTheGoldensOpens() throws IOException {
    Path goldens = TestFiles.golden(".");
    try (Stream<Path> files = Files.walk(goldens)) {
      List<Path> checkpoints =
          files
              .filter(file -> file.toString().matches(".*(\\.safetensors|\\.index\\.json|\\.gguf)"))
              .sorted()
              .toList();
      return checkpoints.stream()
          .map(file -> dynamicTest(goldens.relativize(file).toString(), () -> readsAll(file)));
    }
  }

  private static void readsAll(Path file) {
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      assertThat(checkpoint.names()).isNotEmpty();
      for (String name : checkpoint.names()) {
        Entry entry = checkpoint.entry(name);
        if (entry.isReadable()) {
          assertThat(entry.values()).hasSize(Math.toIntExact(entry.elements()));
          assertThat(entry.bytes()).isEqualTo(entry.data().byteSize());
        }
      }
    }
  }

  @Test
  void ggufPresentsShapesOutermostFirst() {
    try (Checkpoint gguf = Checkpoints.open(TestFiles.golden("llama/llama3-like/model-f32.gguf"))) {
      assertThat(gguf.entry("blk.0.ffn_gate.weight").shape()).containsExactly(160L, 64L);
      assertThat(gguf.metadata().text("general.architecture")).contains("llama");
      assertThat(gguf.metadata().whole("llama.embedding_length")).hasValue(64);
    }
  }

  @Test
  void safetensorsAndGgufOfOneModelHoldTheSameValues() {
    Path folder = TestFiles.golden("gemma4/e2b-like");
    try (Checkpoint hf = Checkpoints.open(folder.resolve("hf"));
        Checkpoint gguf = Checkpoints.open(folder.resolve("model-f32.gguf"))) {
      same(hf, "model.language_model.embed_tokens.weight", gguf, "token_embd.weight");
      for (int layer = 0; layer < 6; layer++) {
        String from = "model.language_model.layers." + layer + ".";
        String to = "blk." + layer + ".";
        same(hf, from + "self_attn.q_proj.weight", gguf, to + "attn_q.weight");
        same(hf, from + "mlp.down_proj.weight", gguf, to + "ffn_down.weight");
        same(hf, from + "per_layer_projection.weight", gguf, to + "proj.weight");
        same(hf, from + "layer_scalar", gguf, to + "layer_output_scale.weight");
      }
    }
  }

  private static void same(Checkpoint a, String nameA, Checkpoint b, String nameB) {
    assertThat(a.entry(nameA).shape()).as(nameA).isEqualTo(b.entry(nameB).shape());
    assertThat(a.entry(nameA).values()).as(nameA).containsExactly(b.entry(nameB).values());
  }

  @Test
  void aShardedFolderIsReadThroughItsIndex() {
    Path folder = TestFiles.golden("gemma3/text-bf16-sharded/hf");
    try (Checkpoint checkpoint = Checkpoints.open(folder)) {
      assertThat(checkpoint.companion("config.json")).isPresent();
      assertThat(checkpoint.companion("no.json")).isEmpty();
      assertThat(
              checkpoint.names().stream()
                  .map(name -> checkpoint.entry(name).file().getFileName().toString())
                  .distinct())
          .containsExactlyInAnyOrder(
              "model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
    }
  }

  @Test
  void anArrayOfMetadataIsDecodedWhenItIsAskedFor() {
    try (Checkpoint gguf = Checkpoints.open(TestFiles.golden("gemma4/e2b-like/model-f32.gguf"))) {
      Metadata metadata = gguf.metadata();
      assertThat(metadata.items("tokenizer.ggml.tokens").orElseThrow().texts())
          .hasSize(608)
          .startsWith("<pad>", "<eos>", "<bos>");
      assertThat(metadata.items("gemma4.feed_forward_length").orElseThrow().wholes())
          .containsExactly(96, 96, 96, 192, 192, 192);
      assertThat(metadata.items("gemma4.attention.sliding_window_pattern").orElseThrow().wholes())
          .containsExactly(1, 1, 0, 1, 1, 0);
      assertThat(metadata.items("tokenizer.ggml.scores").orElseThrow().reals()[0])
          .isEqualTo(-1000f);
    }
  }

  @Test
  void llama2cTensorsLieWhereItsOwnReaderFindsThem() throws IOException {
    Path file = TestFiles.data("weights/stories260K/stories260K.bin");
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      assertThat(checkpoint.kind()).isEqualTo(Checkpoint.Kind.LLAMA2C);
      assertThat(checkpoint.metadata().whole("llama.attention.head_count_kv")).hasValue(4);
      assertThat(checkpoint.entry("blk.4.ffn_gate.weight").shape()).containsExactly(172L, 64L);
      float[] norm = checkpoint.entry("output_norm.weight").values(64);
      // The final norm ends where the tables of cosines and sines begin: 512 · 8 floats from the
      // end.
      long start = Files.size(file) - 4L * (512 * 8 + 64);
      float first =
          java.nio.ByteBuffer.wrap(Files.readAllBytes(file))
              .order(java.nio.ByteOrder.LITTLE_ENDIAN)
              .getFloat((int) start);
      assertThat(norm[0]).isEqualTo(first);
      double mean = Arrays.stream(toDoubles(norm)).average().orElseThrow();
      assertThat(mean).as("trained gains are of the order of 1").isBetween(0.5, 20.0);
    }
  }

  private static double[] toDoubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
