package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code pollux convert} and {@code pollux quantize}. */
final class ConvertCommandIT {
  @TempDir Path folder;

  @Test
  void aFolderBecomesAGgufThatGeneratesTheSame() {
    Path source = TestFiles.golden("llama/llama3-like/hf");
    Path target = folder.resolve("made.gguf");

    Shell shell = Shell.run("convert", source.toString(), target.toString(), "--type", "f32");

    assertThat(shell.err()).isEmpty();
    assertThat(shell.exit()).isZero();
    assertThat(shell.out()).startsWith(target + "  ");
    assertThat(generated(target)).isEqualTo(generated(source)).isNotBlank();
  }

  private static String generated(Path model) {
    return Shell.run(
            "generate",
            "--model",
            model.toString(),
            "--prompt",
            "Before we",
            "--raw",
            "--temperature",
            "0",
            "--max-tokens",
            "12")
        .out();
  }

  @Test
  void aGgufIsQuantizedAndNothingIsReplacedUnasked() throws IOException {
    String source = TestFiles.golden("gemma4/dense-like/model-f32.gguf").toString();
    Path target = folder.resolve("small.gguf");
    Files.writeString(folder.resolve("small.gguf.part"), "half");

    Shell first = Shell.run("quantize", source, target.toString(), "--type", "q8_0");

    assertThat(first.exit()).isZero();
    assertThat(first.err())
        .contains(
            "small.gguf.part of an earlier run is thrown away, it is not of this conversion; starting again");
    assertThat(target)
        .satisfies(
            made -> assertThat(Files.size(made)).isLessThan(Files.size(Path.of(source)) / 2));
    Shell second = Shell.run("quantize", source, target.toString());
    assertThat(second.exit()).isEqualTo(1);
    assertThat(second.err()).contains("is there already. Say --force to replace it");
  }

  @Test
  void whatSeesGoesBesideAndIsFoundThere() {
    String source = TestFiles.golden("gemma3/vision/hf").toString();
    Path target = folder.resolve("seeing.gguf");

    Shell shell = Shell.run("convert", source, target.toString());

    assertThat(shell.exit()).isZero();
    assertThat(shell.out()).contains(target + "  ", folder.resolve("mmproj-seeing.gguf") + "  ");
    Path other = folder.resolve("blind.gguf");
    Shell blind = Shell.run("convert", source, other.toString(), "--no-mmproj");
    assertThat(blind.exit()).isZero();
    assertThat(folder.resolve("mmproj-blind.gguf")).doesNotExist();
    Path named = folder.resolve("eyes.gguf");
    Shell.run(
        "quantize",
        source,
        folder.resolve("small.gguf").toString(),
        "--mmproj",
        named.toString(),
        "--mmproj-type",
        "q8_0");
    assertThat(named).exists();
    Shell inspect = Shell.run("inspect", target.toString());
    assertThat(inspect.out()).containsIgnoringCase("image");
    Shell back = Shell.run("convert", target.toString(), folder.resolve("back").toString());
    assertThat(back.exit()).isZero();
    assertThat(back.err())
        .contains("what sees and hears is left out: it stays in the projector beside " + target);
  }

  @Test
  void aGgufBecomesAFolderThatGeneratesTheSame() {
    Path source = TestFiles.golden("llama/llama3-like/model-q8_0.gguf");
    Path target = folder.resolve("made");

    Shell shell = Shell.run("convert", source.toString(), target.toString(), "--type", "f32");

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out()).startsWith(target.resolve("model.safetensors") + "  ");
    assertThat(generated(target)).isEqualTo(generated(source)).isNotBlank();
  }

  @Test
  void aNameThatIsNotInTheStoreIsToldHowToFetch() {
    Shell shell = Shell.run("convert", "someone/something:Q4_0", folder.resolve("a.gguf") + "");

    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err()).contains("not in the store. Fetch it: pollux pull someone/something");
  }

  @Test
  void anUnknownTypeOfProjectorIsWrongUsage() {
    Shell shell = Shell.run("convert", "a", "b.gguf", "--mmproj-type", "q4_0");

    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err())
        .contains("--mmproj-type: expected one of f32, f16, bf16, q8_0, found q4_0");
  }

  @Test
  void anUnknownTypeIsWrongUsage() {
    Shell shell = Shell.run("quantize", "a", "b.gguf", "--type", "q9");

    assertThat(shell.exit()).isEqualTo(2);
    assertThat(shell.err()).contains("--type: expected one of f32, f16, bf16, q8_0", "found q9");
  }
}
