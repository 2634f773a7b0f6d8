package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux inspect} on each kind of checkpoint, and on what is none. */
final class InspectCommandIT {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"gemma4/e2b-like/hf, gemma4", "gemma4/e2b-like/model-q8_0.gguf, gemma4"})
  void aGoldenShowsItsModel(String golden, String architecture) {
    Shell shell = Shell.run("inspect", TestFiles.golden(golden).toString(), "--metadata");

    assertThat(shell.err()).isEmpty();
    assertThat(shell.exit()).isZero();
    assertThat(shell.out())
        .contains("architecture  " + architecture, "types\n", "metadata\n", "tensors\n", "memory ");
  }

  @Test
  void aProjectorIsShownWithItsDecoder() {
    Path decoder = TestFiles.golden("gemma3/text/model-f32.gguf");
    Path projector = Path.of("../model/src/test/resources/golden/mmproj/gemma3/mmproj-f32.gguf");

    Shell shell = Shell.run("inspect", decoder.toString(), "--mmproj", projector.toString());

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out()).contains("reads         text, image\n", "mm.input_projection.weight");
    assertThat(Shell.run("inspect", decoder.toString()).out()).contains("reads         text\n");
  }

  @Test
  void jsonCountsTensorsAndBytesByType() {
    Path model = TestFiles.data("weights/stories260K/stories260K.bin");

    Shell shell = Shell.run("inspect", model.toString(), "--json");

    JsonNode report = JsonMapper.shared().readTree(shell.out());
    assertThat(report.get("kind").asString()).isEqualTo("LLAMA2C");
    assertThat(report.get("model").get("layers").asInt()).isEqualTo(5);
    assertThat(report.get("tensors").size()).isEqualTo(47);
    assertThat(report.get("types").get("F32").get("tensors").asInt()).isEqualTo(47);
    assertThat(report.has("metadata")).isFalse();
  }

  @Test
  void aFileThatIsNoModelIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("pom.xml"), "<project>not a model</project>");

    fails(file, "pom.xml: expected safetensors, GGUF or llama2.c weights");
  }

  @ParameterizedTest
  @CsvSource({
    "goldens, gemma4/e2b-like/model-q8_0.gguf",
    "data, weights/stories260K/stories260K.bin"
  })
  void aTruncatedFileIsNamed(String where, String name) throws IOException {
    Path whole = where.equals("data") ? TestFiles.data(name) : TestFiles.golden(name);
    byte[] bytes = Files.readAllBytes(whole);
    Path cut = folder.resolve("cut-" + whole.getFileName());
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));

    fails(cut, cut.getFileName().toString());
  }

  @Test
  void anAbsentFileIsNamed() {
    fails(folder.resolve("absent.gguf"), "there is no such file");
  }

  private static void fails(Path file, String says) {
    Shell shell = Shell.run("inspect", file.toString());

    assertThat(shell.exit()).isEqualTo(1);
    assertThat(shell.err()).startsWith("pollux: ").contains(says).doesNotContain("\tat ");
    assertThat(shell.out()).isEmpty();
  }
}
