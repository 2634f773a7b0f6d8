package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code runs/tiny.sh} with a few steps and without public data. */
final class TinyRunIT {
  private static final String SETTINGS =
      """
      {"recipe": "tiny", "vocabulary": 700, "seed": 1, "contextLength": 1024, "rows": 1024,
       "batches": 1, "precision": "BF16", "recompute": false,
       "learning": {"optimizer": "MUON", "peak": 1e-3, "last": 0, "warmupSteps": 1, "decaySteps": 1,
                    "weightDecay": 0.1, "clip": 1.0, "spikeFactor": 20},
       "stages": [{"name": "pretraining", "steps": 2, "weights": {"world-documents": 1}},
                  {"name": "tuning", "steps": 2, "weights": {"world.text": 1, "world.sound": 1}}],
       "checkpointEvery": 100, "keep": 2, "validateEvery": 100, "validationSamples": 1}
      """;

  /** What the launcher does when everything is built. */
  private static final String LAUNCHER =
      """
      #!/bin/sh
      exec "%s" --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -cp "%s" ai.pollux.cli.Main "$@"
      """;

  @TempDir Path folder;

  @Test
  void goesFromNothingToAModelThatAnswers() throws IOException, InterruptedException {
    Path root = Path.of(System.getProperty("pollux.root"));
    Files.createDirectories(folder.resolve("runs"));
    Files.copy(root.resolve("runs/tiny.sh"), folder.resolve("runs/tiny.sh"));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Path launcher = folder.resolve("pollux");
    Files.writeString(launcher, LAUNCHER.formatted(java, System.getProperty("java.class.path")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Path settings = Files.writeString(folder.resolve("few.json"), SETTINGS);
    Path output = folder.resolve("output");

    Process process =
        new ProcessBuilder(
                "bash",
                folder.resolve("runs/tiny.sh").toString(),
                folder.resolve("run").toString(),
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean hasEnded = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();

    String said = Files.readString(output);
    assertThat(hasEnded).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said)
        .contains("trained: " + folder.resolve("run/checkpoints/step-00000004"))
        .contains("\"accuracy\"")
        .contains("\"candidates\"", "\"finishReason\"");
    assertThat(folder.resolve("run/loss.png")).isNotEmptyFile();
  }
}
