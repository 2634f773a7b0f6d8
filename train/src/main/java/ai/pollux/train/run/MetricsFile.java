package ai.pollux.train.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** {@code metrics.jsonl}: a line for each measured step, appended as it happens. */
public final class MetricsFile {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final Path file;

  /** The file of a run's folder. */
  public MetricsFile(Path file) {
    this.file = file;
  }

  /** Adds a line. */
  public void append(Metrics metrics) {
    try {
      Files.writeString(
          file,
          JSON.writeValueAsString(metrics) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }

  /**
   * All lines; one that a killed process left half written is not counted.
   *
   * @throws RunException if the file holds something else
   */
  public List<Metrics> read() {
    if (Files.notExists(file)) {
      return List.of();
    }
    try {
      String text = Files.readString(file);
      String whole = text.substring(0, text.lastIndexOf('\n') + 1);
      return whole.lines().map(line -> JSON.readValue(line, Metrics.class)).toList();
    } catch (JacksonException e) {
      throw new RunException(
          "%s: not the measurements of a run: %s. Move the file away; the run makes a new one"
              .formatted(file, e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read", e);
    }
  }

  /** Forgets what happened after a step: a run goes on from there. */
  void cutAfter(long step) {
    List<Metrics> kept = read().stream().filter(metrics -> metrics.step() <= step).toList();
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.deleteIfExists(part);
      MetricsFile fresh = new MetricsFile(part);
      kept.forEach(fresh::append);
      if (Files.exists(part)) {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } else {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be written", e);
    }
  }
}
