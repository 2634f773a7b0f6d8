package ai.pollux.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.pollux.model.LanguageModel;
import ai.pollux.model.families.Models;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainerTest {
  private static final String WEIGHTS = "model.safetensors";

  @TempDir Path folder;
  private SmallRun small;

  @BeforeEach
  void makeModel() {
    small = new SmallRun(folder);
  }

  private Path run(String name, RunSettings settings, int stopAfter) {
    List<Metrics> seen = new ArrayList<>();
    try (RunFolder where = small.open(name)) {
      return small
          .trainer(settings)
          .run(where, (metrics, steps) -> seen.add(metrics), () -> seen.size() >= stopAfter);
    }
  }

  @Test
  void theLossFallsAndTheCheckpointIsAModel() {
    Path last = run("falls", small.settings(14, 100, 1e-2), 99);
    List<Metrics> lines = new MetricsFile(folder.resolve("falls/metrics.jsonl")).read();
    assertThat(lines).hasSize(14);
    // Untrained, logits of 608 tokens deviate by 1: ln 608 + 1/2 = 6.9.
    assertThat(lines.getFirst().loss()).isBetween(6.5, 7.3);
    assertThat(lines.getLast().loss()).isLessThan(5.6);
    assertThat(lines).extracting(Metrics::stage).startsWith("first").endsWith("second");
    assertThat(lines.get(3).validation()).containsOnlyKeys("all");
    assertThat(lines.getLast().validation().get("all"))
        .isLessThan(lines.get(3).validation().get("all"));
    assertThat(folder.resolve("falls/loss.png")).isNotEmptyFile();
    try (ReferenceBackend backend = new ReferenceBackend();
        LanguageModel model = Models.load(last, backend, (weight, done, total) -> {})) {
      assertThat(model.info().vocabulary()).isEqualTo(608);
    }
  }

  @Test
  void aRunThatWasStoppedAnywhereEndsWithTheSameBytes() throws IOException {
    RunSettings settings = small.settings(8, 3, 1e-2);
    Path whole = run("whole", settings, 99);
    for (int stop : new int[] {1, 3, 5, 7}) {
      String name = "stopped-" + stop;
      run(name, settings, stop);
      Path end = run(name, settings, 99);
      assertThat(end.resolve(WEIGHTS)).hasSameBinaryContentAs(whole.resolve(WEIGHTS));
      assertThat(end.resolve("optimizer.safetensors"))
          .hasSameBinaryContentAs(whole.resolve("optimizer.safetensors"));
      assertThat(Files.readString(end.resolve("data.json")))
          .isEqualTo(Files.readString(whole.resolve("data.json")));
    }
  }

  @Test
  void aKilledRunGoesOnFromItsLastCheckpointAndEndsWithTheSameBytes() throws IOException {
    RunSettings settings = small.settings(8, 3, 1e-2);
    Path whole = run("whole", settings, 99);
    try (RunFolder where = small.open("killed")) {
      assertThatThrownBy(() ->
              small
                  .trainer(settings)
                  .run(
                      where,
                      (metrics, steps) -> {
                        if (metrics.step() == 5) {
                          throw new IllegalStateException("killed");
                        }
                      },
                      () -> false))
          .hasMessage("killed");
      assertThat(where.latest().orElseThrow().getFileName()).hasToString("step-00000003");
    }
    Path end = run("killed", settings, 99);
    assertThat(end.resolve(WEIGHTS)).hasSameBinaryContentAs(whole.resolve(WEIGHTS));
    List<Metrics> lines = new MetricsFile(folder.resolve("killed/metrics.jsonl")).read();
    assertThat(lines).extracting(Metrics::step).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  void aLossThatBreaksAwayEndsTheRunWithAReason() {
    RunSettings wild = small.settings(60, 100, 1e30);
    assertThatThrownBy(() -> run("wild", wild, 99))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("the loss broke away")
        .hasMessageContaining("lower learning rate than 1.0E30");
  }

  @Test
  void settingsThatMakeNoSenseAreNamed() throws IOException {
    Path file = folder.resolve("settings.json");
    Files.writeString(file, SmallRun.json(8, 3, 1e-2).replace("\"rows\": 768", "\"rows\": 100"));
    assertThatThrownBy(() -> RunSettings.read(file))
        .hasMessageContaining("settings.json")
        .hasMessageContaining("rows: expected at least the context length of 512, found 100");
    Files.writeString(file, SmallRun.json(8, 3, 1e-2).replace("\"keep\"", "\"keeps\""));
    assertThatThrownBy(() -> RunSettings.read(file))
        .isInstanceOf(RunException.class)
        .hasMessageContaining("settings.json: Missing creator property 'keep'");
    assertThatThrownBy(() -> RunSettings.read(folder.resolve("none.json")))
        .hasMessageContaining("none.json");
  }
}
