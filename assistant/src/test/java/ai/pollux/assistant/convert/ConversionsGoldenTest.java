package ai.pollux.assistant.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.Metadata;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.convert.Recipe;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders written as GGUF are what llama.cpp's converter and quantizer make of them: every golden
 * file that lies beside a folder is made again from it.
 */
class ConversionsGoldenTest {
  /** What llama.cpp says besides, which is about the files and not about the model. */
  private static final Set<String> NOT_WRITTEN =
      Set.of("general.name", "general.size_label", "tokenizer.ggml.add_sep_token");

  @TempDir private Path folder;

  private static List<Path> files() {
    try (Stream<Path> found = Files.walk(TestFiles.golden("."), 3)) {
      return found
          .filter(file -> file.toString().endsWith(".gguf"))
          .filter(file -> Files.exists(file.resolveSibling("hf/config.json")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theGoldensHaveConvertedFiles() {
    assertThat(files()).hasSizeGreaterThan(8);
  }

  @TestFactory
  Stream<DynamicTest> aFolderBecomesTheFileThatLlamaCppMakesOfIt() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path golden : files()) {
      Path name = TestFiles.golden(".").relativize(golden);
      tests.add(dynamicTest(name.toString(), () -> check(golden)));
    }
    return tests.stream();
  }

  private void check(Path golden) {
    String type = golden.getFileName().toString().replaceAll("model-|\\.gguf", "");
    Path made = folder.resolve(golden.toString().replace('/', '_'));
    Conversions.toGguf(
        golden.resolveSibling("hf"),
        made,
        Recipe.named(type),
        Optional.empty(),
        false,
        GgufWriter.Progress.NONE);
    try (Checkpoint expected = Checkpoints.open(golden);
        Checkpoint found = Checkpoints.open(made)) {
      metadata(expected.metadata(), found.metadata());
      assertThat(found.names()).containsExactlyInAnyOrderElementsOf(expected.names());
      for (String name : expected.names()) {
        tensor(expected.entry(name), found.entry(name));
      }
    }
  }

  private static void metadata(Metadata expected, Metadata found) {
    for (String key : expected.keys()) {
      if (!NOT_WRITTEN.contains(key)) {
        assertThat(found.keys()).as(key).contains(key);
        assertThat(plain(found, key)).as(key).isEqualTo(plain(expected, key));
      }
    }
  }

  private static Object plain(Metadata metadata, String key) {
    MetadataValue value = metadata.value(key).orElseThrow();
    return value instanceof MetadataValue.Items items ? items.values() : value;
  }

  private static void tensor(Entry expected, Entry found) {
    assertThat(found).hasToString(expected.toString());
    if (expected.name().equals("rope_freqs.weight")) {
      // The reference computes these few in f32.
      float[] values = found.values();
      float[] theirs = expected.values();
      for (int i = 0; i < values.length; i++) {
        assertThat(values[i] / theirs[i]).isBetween(1 - 1e-5f, 1 + 1e-5f);
      }
      return;
    }
    assertThat(found.data().toArray(ValueLayout.JAVA_BYTE))
        .as(expected.toString())
        .isEqualTo(expected.data().toArray(ValueLayout.JAVA_BYTE));
  }
}
