package ai.pollux.model.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

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
  void everyVocabularyOfThePublicDataOpens() throws IOException {
    try (Stream<Path> files = Files.list(TestFiles.data("tokenizers/gguf-vocab"))) {
      List<Path> vocabularies =
          files.filter(file -> file.toString().endsWith(".gguf")).sorted().toList();
      assertThat(vocabularies).isNotEmpty();
      for (Path file : vocabularies) {
        try (Checkpoint checkpoint = Checkpoints.open(file)) {
          assertThat(checkpoint.names()).as("a vocabulary has no tensors").isEmpty();
          assertThat(checkpoint.metadata().items("tokenizer.ggml.tokens").orElseThrow().size())
              .isGreaterThan(30_000);
        }
      }
    }
  }

  /** The expected values were computed with Python's gguf 0.19 and numpy. */
  @Test
  void valuesAreThoseThatPythonReads() {
    Path goldens = TestFiles.golden(".");
    spotCheck(
        goldens.resolve("gemma3/text/model-q4_0.gguf"),
        "blk.2.ffn_up.weight",
        new float[] {-0f, -0f, -0.23956299f},
        -0.348602294921875);
    spotCheck(
        goldens.resolve("llama/llama2-like/model-q8_0.gguf"),
        "output.weight",
        new float[] {-0.12635803f, -0.18309021f, 0.118621826f},
        7.264618873596191);
    spotCheck(
        goldens.resolve("gemma3/text-bf16-sharded/hf"),
        "model.norm.weight",
        new float[] {2.0625f, 1.6484375f, 2.796875f},
        159.109375);
  }

  private static void spotCheck(Path path, String name, float[] first, double sum) {
    try (Checkpoint checkpoint = Checkpoints.open(path)) {
      float[] values = checkpoint.entry(name).values();
      double found = 0;
      for (float value : values) {
        found += value;
      }
      assertThat(values).as(name).startsWith(first);
      // Both sums are of the same floats in doubles; only the order of the additions differs.
      assertThat(found).as(name).isCloseTo(sum, within(1e-9));
    }
  }

  /** The expected values were read with numpy at the places of llama2.c's own reader. */
  @Test
  void llama2cTensorsLieWhereItsOwnReaderFindsThem() {
    Path file = TestFiles.data("weights/stories260K/stories260K.bin");
    try (Checkpoint checkpoint = Checkpoints.open(file)) {
      assertThat(checkpoint.kind()).isEqualTo(Checkpoint.Kind.LLAMA2C);
      assertThat(checkpoint.metadata().whole("llama.attention.head_count_kv")).hasValue(4);
      assertThat(checkpoint.entry("blk.4.ffn_gate.weight").values(172, 64))
          .startsWith(0.1603502f, 0.16393305f, 0.045932848f)
          .endsWith(-0.14359811f);
      float[] down = checkpoint.entry("blk.3.ffn_down.weight").values(64, 172);
      assertThat(down[172]).isEqualTo(0.034597404f);
      assertThat(down[173]).isEqualTo(0.030197294f);
    }
  }

  @Test
  void aVocabularyOfAQuarterMillionOpensInMilliseconds(@TempDir Path folder) {
    Path file = folder.resolve("vocabulary.gguf");
    List<MetadataValue> tokens =
        IntStream.range(0, 262_144).mapToObj(id -> MetadataValue.text("token" + id)).toList();
    new GgufWriter()
        .put("tokenizer.ggml.tokens", MetadataValue.array(GgufType.STRING, tokens))
        .write(file, GgufWriter.Progress.NONE);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 10; i++) {
      long start = System.nanoTime();
      Checkpoints.open(file).close();
      best = Math.min(best, System.nanoTime() - start);
    }
    // It takes about 3 ms; the best of ten leaves room for a busy machine.
    assertThat(best).isLessThan(100_000_000);
  }
}
