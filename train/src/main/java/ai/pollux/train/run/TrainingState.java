package ai.pollux.train.run;

import ai.pollux.train.data.batch.LoaderState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a run knows beside its weights and moments.
 *
 * @param step how many were made
 * @param tokens trained on
 * @param skipped steps that were not taken
 * @param losses that the next ones are judged by
 * @param data where the next batch comes from; empty at the start
 */
record TrainingState(
    long step, long tokens, long skipped, List<Double> losses, Optional<LoaderState> data) {
  static final TrainingState START = new TrainingState(0, 0, 0, List.of(), Optional.empty());
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String FILE = "training.json";
  private static final String DATA = "data.json";

  /** The file's form. */
  private record Counters(long step, long tokens, long skipped, List<Double> losses) {}

  void write(Path folder) throws IOException {
    Counters counters = new Counters(step, tokens, skipped, losses);
    Files.writeString(folder.resolve(FILE), JSON.writeValueAsString(counters));
    if (data.isPresent()) {
      Files.writeString(folder.resolve(DATA), data.get().json().toString());
    }
  }

  /**
   * Reads it.
   *
   * @throws RunException if the folder is no checkpoint of a run
   */
  static TrainingState read(Path folder) {
    try {
      Counters counters = JSON.readValue(folder.resolve(FILE), Counters.class);
      Path data = folder.resolve(DATA); // not before the first step
      Optional<LoaderState> next =
          Files.exists(data)
              ? Optional.of(LoaderState.parse(Files.readString(data)))
              : Optional.empty();
      return new TrainingState(
          counters.step(), counters.tokens(), counters.skipped(), counters.losses(), next);
    } catch (JacksonException | IOException e) {
      throw new RunException(
          "%s: cannot go on from this checkpoint: %s. Remove it, and the run goes on from the one before"
              .formatted(folder, e),
          e);
    }
  }
}
