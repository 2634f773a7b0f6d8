package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.pollux.testkit.TestFiles;
import ai.pollux.train.recipe.NewModel;
import ai.pollux.train.recipe.Recipes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux train}, then {@code pollux evaluate}, without public data. */
final class TrainCommandIT {
  private static final String SETTINGS =
      """
      {"recipe": "tiny", "vocabulary": 608, "seed": 1, "contextLength": 1024, "rows": 1024,
       "batches": 1, "precision": "F32", "recompute": false,
       "learning": {"optimizer": "ADAMW", "peak": 1e-3, "last": 0, "warmupSteps": 1, "decaySteps": 1,
                    "weightDecay": 0.1, "clip": 1.0, "spikeFactor": 20},
       "stages": [{"name": "only", "steps": 3, "weights": {"world": 1}}],
       "checkpointEvery": 100, "keep": 2, "validateEvery": 100, "validationSamples": 1}
      """;

  @TempDir Path folder;
  private Path settings;
  private Path start;
  private Path empty;

  @BeforeEach
  void makeModel() throws IOException {
    settings = Files.writeString(folder.resolve("run.json"), SETTINGS);
    start = folder.resolve("start");
    empty = Files.createDirectory(folder.resolve("no-data"));
    NewModel.write(start, Recipes.named("tiny"), TestFiles.golden("tokenizers/gemma4"), 1);
  }

  private Shell train(Path into, String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", settings.toString()));
    arguments.addAll(List.of("--into", into.toString(), "--data", empty.toString()));
    arguments.addAll(List.of("--from", start.toString(), "--threads", "1"));
    arguments.addAll(List.of(more));
    return Shell.run(arguments.toArray(String[]::new));
  }

  private static List<Double> losses(Path run) throws IOException {
    return Files.readAllLines(run.resolve("metrics.jsonl")).stream()
        .map(line -> JsonMapper.shared().readTree(line).path("loss").doubleValue())
        .toList();
  }

  /**
   * Sums of other order differ in last bits, which three steps of 1e-3 make no larger than this.
   */
  @Test
  void twoProcessesGiveTheLossesOfOne() throws IOException {
    Files.writeString(settings, SETTINGS.replace("\"batches\": 1", "\"batches\": 2"));
    Path alone = folder.resolve("alone");
    Path shared = folder.resolve("shared");

    assertThat(train(alone).exit()).isZero();
    Shell two = train(shared, "--processes", "2");

    assertThat(two.exit()).as(two.err()).isZero();
    List<Double> expected = losses(alone);
    List<Double> found = losses(shared);
    assertThat(found).hasSize(3);
    for (int step = 0; step < 3; step++) {
      assertThat(found.get(step)).isCloseTo(expected.get(step), within(1e-4));
    }
    assertThat(shared.resolve("process-1.log")).exists();
    try (Stream<Path> files = Files.list(shared)) {
      assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("meeting"));
    }

    Shell three = train(folder.resolve("three"), "--processes", "3");
    assertThat(three.exit()).isEqualTo(1);
    assertThat(three.err()).contains("batches: expected a multiple of the 3 processes, found 2");
  }

  @Test
  void aRunEndsWithACheckpointThatIsMeasuredOverTheApi() throws IOException {
    Path run = folder.resolve("run");

    Shell trained = train(run);

    assertThat(trained.exit()).as(trained.err()).isZero();
    Path checkpoint = run.resolve("checkpoints/step-00000003");
    assertThat(trained.out()).isEqualTo(checkpoint + System.lineSeparator());
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(3);
    assertThat(train(run).out()).as("it is at its end").isEqualTo(trained.out());
    assertThat(Files.readAllLines(run.resolve("metrics.jsonl"))).hasSize(3);

    Path mistakes = folder.resolve("mistakes.jsonl");
    Shell measured =
        Shell.run(
            "evaluate",
            "world",
            "--model",
            checkpoint.toString(),
            "--data",
            empty.toString(),
            "--limit",
            "40",
            "--most-tokens",
            "4",
            "--mistakes",
            mistakes.toString(),
            "--json");
    assertThat(measured.exit()).as(measured.err()).isZero();
    JsonNode report = JsonMapper.shared().readTree(measured.out());
    JsonNode all = report.path("all");
    assertThat(report.path("benchmark").asString()).isEqualTo("world");
    assertThat(all.path("questions").asInt()).isEqualTo(40);
    // Images, sounds and videos were read: a question that failed would say so here.
    assertThat(all.path("failed").asInt()).isZero();
    List<String> lines = Files.readAllLines(mistakes);
    assertThat(lines).hasSize(40 - all.path("right").asInt());
    assertThat(lines.getFirst()).contains("\"expected\"", "\"answer\"");
  }

  @Test
  void wrongUseIsNamed() {
    Shell both =
        Shell.run("evaluate", "mnist", "-m", start.toString(), "--url", "http://127.0.0.1:9");
    assertThat(both.exit()).isEqualTo(2);
    assertThat(both.err()).contains("expected --model or --url, found both");
    Shell nowhere = Shell.run("train", folder.resolve("no.json").toString(), "--into", "x");
    assertThat(nowhere.exit()).isEqualTo(1);
    assertThat(nowhere.err()).contains("no.json: cannot be read");
    Shell noServer =
        Shell.run("evaluate", "world", "--url", "http://127.0.0.1:9", "--data", empty.toString());
    assertThat(noServer.exit()).isEqualTo(1);
    assertThat(noServer.err()).contains("http://127.0.0.1:9").contains("cannot be reached");
  }
}
