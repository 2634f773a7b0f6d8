package ai.pollux.train.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsFileTest {
  @TempDir Path folder;

  private static Metrics at(long step) {
    Map<String, Double> validation = step % 10 == 0 ? Map.of("stories", 3.0 / step) : Map.of();
    return new Metrics(step, 1000 * step, "first", 5.0 / step, 1, 1e-3, 2000, 0.5, 0, validation);
  }

  private MetricsFile filled(int steps) {
    MetricsFile file = new MetricsFile(folder.resolve("metrics.jsonl"));
    for (int step = 1; step <= steps; step++) {
      file.append(at(step));
    }
    return file;
  }

  @Test
  void readsWhatWasAppended() {
    assertThat(filled(20).read()).hasSize(20).first().isEqualTo(at(1));
    assertThat(new MetricsFile(folder.resolve("none")).read()).isEmpty();
  }

  @Test
  void aHalfLineDoesNotCount() throws IOException {
    MetricsFile file = filled(3);
    Files.writeString(
        folder.resolve("metrics.jsonl"), "{\"step\": 4, \"tok", StandardOpenOption.APPEND);
    assertThat(file.read()).hasSize(3);
  }

  @Test
  void anotherFileOfThatNameIsRefused() throws IOException {
    Files.writeString(folder.resolve("metrics.jsonl"), "hello\n");
    assertThatThrownBy(() -> new MetricsFile(folder.resolve("metrics.jsonl")).read())
        .isInstanceOf(RunException.class)
        .hasMessageContaining("not the measurements of a run");
  }

  @Test
  void whatLiesBehindACheckpointIsForgotten() {
    MetricsFile file = filled(20);
    file.cutAfter(12);
    assertThat(file.read()).hasSize(12);
    file.append(at(13));
    assertThat(file.read()).last().isEqualTo(at(13));
    file.cutAfter(0);
    assertThat(file.read()).isEmpty();
  }

  @Test
  void theLossIsDrawn() throws IOException {
    Path png = folder.resolve("loss.png");
    LossPlot.write("a run", filled(100).read(), png);
    assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1000);
    LossPlot.write("nothing", List.of(), folder.resolve("none.png"));
    assertThat(folder.resolve("none.png")).doesNotExist();
  }
}
