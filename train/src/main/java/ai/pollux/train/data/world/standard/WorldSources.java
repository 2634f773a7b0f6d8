package ai.pollux.train.data.world.standard;

import ai.pollux.train.data.world.picture.DigitImages;
import ai.pollux.train.data.world.sound.SpokenDigits;
import java.util.List;
import java.util.Optional;

/**
 * What others made and some tasks need. Tasks whose source is absent are left out of the world.
 *
 * @param stories short, each a text of its own
 * @param prose passages of books
 */
public record WorldSources(
    Optional<DigitImages> images,
    Optional<SpokenDigits> voices,
    List<String> stories,
    List<String> prose) {
  /** Nothing: the tasks that are made from numbers alone. */
  public static WorldSources none() {
    return new WorldSources(Optional.empty(), Optional.empty(), List.of(), List.of());
  }
}
