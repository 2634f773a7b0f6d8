package ai.pollux.model.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.Metadata;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.testkit.TestFiles;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Projectors, and decoders that have no file beside their golden, are what llama.cpp's converter
 * makes of the same folder: see {@code tools/golden/converted.py}.
 */
class ConvertedDigestsTest {
  private static final Path DIGESTS = Path.of("src/test/resources/golden/converted/digests.json");

  /** What only Pollux writes: Gemma 3's layers where they are not the usual ones. */
  private static final Set<String> OURS = Set.of("gemma3.attention.sliding_window_pattern");

  /** The reference computes these few in f32, and rounds on the way. */
  private static final double ROUNDING = 3e-7;

  @TempDir private Path folder;

  @TestFactory
  Stream<DynamicTest> aFolderBecomesWhatLlamaCppMakesOfIt() {
    List<DynamicTest> tests = new ArrayList<>();
    for (var source : JsonMapper.shared().readTree(DIGESTS).properties()) {
      List<String> tensors = List.of(source.getValue().path("tensors").asString().split(" "));
      for (var file : source.getValue().path("files").properties()) {
        String name = source.getKey() + " " + file.getKey();
        tests.add(dynamicTest(name, () -> check(name.split(" "), tensors, file.getValue())));
      }
    }
    assertThat(tests).hasSizeGreaterThan(30);
    return tests.stream();
  }

  /**
   * @param name kind, folder and type
   * @param tensors their names, in order
   */
  private void check(String[] name, List<String> tensors, JsonNode expected)
      throws NoSuchAlgorithmException {
    Path made = folder.resolve(String.join("-", name).replace('/', '-') + ".gguf");
    try (Checkpoint source = Checkpoints.open(TestFiles.golden(name[1] + "/hf"))) {
      writer(source, name[0], name[2]).write(made, GgufWriter.Progress.NONE);
    }
    String digests = expected.path("digests").asString();
    try (Checkpoint found = Checkpoints.open(made)) {
      keys(expected.path("keys"), found.metadata());
      assertThat(found.names()).containsExactlyInAnyOrderElementsOf(tensors);
      for (int i = 0; i < tensors.size(); i++) {
        Entry entry = found.entry(tensors.get(i));
        if (entry.name().endsWith("per_dim_scale.weight")) {
          softplus(TestFiles.golden(name[1] + "/hf"), entry);
        } else {
          assertThat(digest(entry))
              .as(entry.toString())
              .isEqualTo(digests.substring(8 * i, 8 * i + 8));
        }
      }
    }
  }

  private static GgufWriter writer(Checkpoint source, String kind, String type) {
    return kind.equals("model")
        ? GgufConversion.of(source).writer(Recipe.named(type))
        : ProjectorConversion.of(source).orElseThrow().writer(ProjectorRecipe.named(type));
  }

  private static void keys(JsonNode expected, Metadata found) {
    expected
        .properties()
        .forEach(key -> {
          assertThat(found.keys()).contains(key.getKey());
          same(key.getKey(), key.getValue(), found.value(key.getKey()).orElseThrow());
        });
    assertThat(found.keys())
        .filteredOn(key -> !key.equals("general.name") && !OURS.contains(key))
        .allMatch(expected::has);
  }

  private static void same(String key, JsonNode expected, MetadataValue found) {
    switch (found) {
      case MetadataValue.Items items -> {
        assertThat(expected.size()).as(key).isEqualTo(items.size());
        for (int i = 0; i < items.size(); i++) {
          same(key, expected.get(i), items.values().get(i));
        }
      }
      case MetadataValue.Real real when Double.isInfinite(real.value()) ->
          assertThat(expected.asString()).as(key).isEqualTo("-Infinity");
      case MetadataValue.Real real ->
          assertThat(real.value())
              .as(key)
              .isCloseTo(
                  expected.doubleValue(), within(ROUNDING * Math.abs(expected.doubleValue())));
      case MetadataValue.Whole whole ->
          assertThat(whole.value()).as(key).isEqualTo(expected.longValue());
      case MetadataValue.Flag flag ->
          assertThat(flag.value()).as(key).isEqualTo(expected.booleanValue());
      case MetadataValue.Text text ->
          assertThat(text.value()).as(key).isEqualTo(expected.asString());
    }
  }

  private static String digest(Entry entry) throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((entry.type() + " " + entry.shape()).getBytes(UTF_8));
    byte[] hash = digest.digest(entry.data().toArray(ValueLayout.JAVA_BYTE));
    return HexFormat.of().formatHex(hash).substring(0, 8);
  }

  private static void softplus(Path source, Entry found) {
    String block = found.name().split("\\.")[2];
    try (Checkpoint folder = Checkpoints.open(source)) {
      float[] values =
          folder
              .entry("model.audio_tower.layers.%s.self_attn.per_dim_scale".formatted(block))
              .values();
      for (int i = 0; i < values.length; i++) {
        double expected = Math.log1p(Math.exp(values[i]));
        assertThat((double) found.values()[i])
            .isCloseTo(expected, within(ROUNDING * Math.abs(expected)));
      }
    }
  }
}
