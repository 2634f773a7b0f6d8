package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux generate} and {@code run} on a small trained model. */
final class GenerateCommandIT {
  private static final Path FOLDER = TestFiles.data("weights/stories260K");
  private static final String MODEL = FOLDER.resolve("stories260K.bin").toString();

  @ParameterizedTest
  @ValueSource(strings = {"simd", "reference"})
  void twoHundredGreedyStepsAreTheKnownOnes(String backend) throws IOException {
    Shell shell =
        Shell.run(
            "generate",
            "--model",
            MODEL,
            "--raw",
            "--prompt",
            "",
            "--temperature",
            "0",
            "--max-tokens",
            "200",
            "--backend",
            backend);

    assertThat(shell.err()).isEmpty();
    assertThat(shell.out()).isEqualTo(Files.readString(FOLDER.resolve("greedy-200-steps.txt")));
    assertThat(shell.exit()).isZero();
  }

  @Test
  void aSliceOfAModelThatHasNoSmallerOnesInside() {
    Shell shell = Shell.run("generate", "-m", MODEL, "--prompt", "x", "--matformer", "e2b");

    assertThat(shell.exit()).isEqualTo(1);
    assertThat(shell.err())
        .contains("the slice e2b: only models of gemma3n have smaller ones inside, found llama");
  }

  @Test
  void whatIsNoSlice() {
    Shell shell = Shell.run("generate", "-m", MODEL, "--prompt", "x", "--matformer", "half");

    assertThat(shell.exit()).isEqualTo(1);
    assertThat(shell.err()).contains("a slice is e2b, or widths of layers like 8192");
  }

  @Test
  void jsonIsOneObjectOnOneLine() {
    Shell shell =
        Shell.run("generate", "-m", MODEL, "--prompt", "Once", "-n", "5", "--seed", "3", "--json");

    assertThat(shell.exit()).isZero();
    assertThat(shell.out().lines()).hasSize(1);
    JsonNode report = JsonMapper.shared().readTree(shell.out());
    assertThat(report.propertyNames())
        .containsExactly(
            "text",
            "finishReason",
            "promptTokens",
            "answerTokens",
            "thoughtTokens",
            "seed",
            "firstTokenMillis",
            "totalMillis");
    assertThat(report.get("text").asString()).isNotEmpty();
    assertThat(report.get("finishReason").asString()).isEqualTo("MAX_TOKENS");
    assertThat(report.get("answerTokens").asInt()).isEqualTo(5);
    assertThat(report.get("seed").asLong()).isEqualTo(3);
    assertThat(report.get("totalMillis").asDouble())
        .isGreaterThanOrEqualTo(report.get("firstTokenMillis").asDouble());
  }

  @Test
  void theSameSeedGivesTheSameText() {
    assertThat(withSeed("7")).isEqualTo(withSeed("7")).isNotEqualTo(withSeed("8"));
  }

  @Test
  void aStopTextEndsTheAnswerBeforeIt() throws IOException {
    Shell shell =
        Shell.run(
            "generate", "-m", MODEL, "--raw", "--prompt", "", "--temperature", "0", "--stop", ".");

    String known = Files.readString(FOLDER.resolve("greedy-200-steps.txt"));
    assertThat(shell.out()).isEqualTo(known.substring(0, known.indexOf('.')));
  }

  @Test
  void runEndsItsAnswerWithANewline() {
    Shell shell = Shell.run("run", MODEL, "Once upon", "-n", "8", "--seed", "1");

    assertThat(shell.exit()).isZero();
    assertThat(shell.out()).endsWith(System.lineSeparator()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --threads        | 0     | 1 | --threads: expected at least 1, found 0
          --context        | 99999 | 1 | expected at most 512
          --cache-type     | q4    | 1 | --cache-type: expected f32, f16 or bf16, found q4
          --cache-tokens   | 1     | 1 | expected at least 512, found 1
          --parallel       | 0     | 1 | expected at least 1, found 0
          --max-tokens     | 0     | 1 | expected at least 1, found 0
          --max-tokens     | many  | 2 | is not an int
          --temperature    | -1    | 1 | temperature: expected [0, ∞), found -1.0
          --top-p          | 7     | 1 | topP: expected (0, 1], found 7.0
          --backend        | abacus | 2 | expected one of [simd, reference]
          --tokenizer      | absent.json | 1 | absent.json
          --tempratur      | 0     | 2 | --temperature
          """)
  void aWrongValueIsNamedWithoutAStackTrace(String option, String value, int exit, String says) {
    Shell shell = Shell.run("generate", "-m", MODEL, "--prompt", "x", option, value);

    assertThat(shell.err()).startsWith("pollux: ").contains(says).doesNotContain("\tat ");
    assertThat(shell.out()).isEmpty();
    assertThat(shell.exit()).isEqualTo(exit);
  }

  private static String withSeed(String seed) {
    return Shell.run(
            "generate",
            "-m",
            MODEL,
            "--raw",
            "--prompt",
            "Once upon",
            "-n",
            "30",
            "--seed",
            seed,
            "--temperature",
            "1")
        .out();
  }
}
