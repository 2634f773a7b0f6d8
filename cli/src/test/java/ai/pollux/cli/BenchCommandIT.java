package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BenchCommandIT {
  @Test
  void jsonHasPrefillAndDecode() {
    String model = TestFiles.data("weights/stories260K/stories260K.bin").toString();

    Shell shell =
        Shell.run(
            "bench",
            "-m",
            model,
            "--json",
            "--prefill",
            "16,32",
            "--decode",
            "8",
            "-r",
            "1",
            "-t",
            "1");

    assertThat(shell.err()).isEmpty();
    JsonNode report = JsonMapper.shared().readTree(shell.out());
    assertThat(report.get("threads").asInt()).isEqualTo(1);
    assertThat(report.get("results").valueStream().map(row -> row.get("test").asString()))
        .containsExactly("prefill", "prefill", "decode");
    assertThat(report.get("results").valueStream())
        .allSatisfy(row -> assertThat(row.get("tokensPerSecond").asDouble()).isPositive());
  }

  @Test
  void aModelOrAShapeButNotNeither() {
    Shell shell = Shell.run("bench");

    assertThat(shell.exit()).isNotZero();
    assertThat(shell.err()).contains("expected either --model or --shape");
  }

  @Test
  void anUnknownShapeIsAnsweredWithTheKnownOnes() {
    Shell shell = Shell.run("bench", "--shape", "gemma9-1b");

    assertThat(shell.exit()).isEqualTo(1);
    assertThat(shell.err()).contains("--shape: expected one of", "gemma3-1b", "found gemma9-1b");
  }
}
