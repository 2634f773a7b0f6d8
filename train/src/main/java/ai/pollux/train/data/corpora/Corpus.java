package ai.pollux.train.data.corpora;

import ai.pollux.train.data.Source;
import java.nio.file.Path;
import java.util.function.BiFunction;

/**
 * A public set that may be learned from.
 *
 * @param name what its source is called
 * @param place file or folder, from the folder of data
 * @param licence goes with what is made from it
 * @param origin who made it
 * @param opener opens the source of that name at a place
 */
public record Corpus(
    String name,
    String place,
    String licence,
    String origin,
    BiFunction<String, Path, Source> opener) {
  /**
   * Opens it.
   *
   * @param data the folder of data
   * @throws ai.pollux.train.data.DataException where it is not there
   */
  public Source open(Path data) {
    return opener.apply(name, data.resolve(place));
  }
}
