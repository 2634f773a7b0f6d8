package ai.pollux.assistant.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * A model in the store.
 *
 * @param name what it was pulled as
 * @param commit which state of the repository it is
 * @param path the folder to load it from
 * @param files its files, with the blobs that they are
 * @param pulled when
 */
public record StoredModel(String name, String commit, Path path, List<File> files, Instant pulled) {
  /**
   * A file of a model.
   *
   * @param path within the model's folder
   * @param size in bytes
   * @param blob what its content is called in the store
   */
  public record File(String path, long size, String blob) {}

  public StoredModel {
    files = List.copyOf(files);
  }

  /** All of its files together; some may be shared with other models. */
  public long bytes() {
    return files.stream().mapToLong(File::size).sum();
  }
}
