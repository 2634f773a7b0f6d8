package ai.pollux.model.families;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.CheckpointException;
import ai.pollux.model.checkpoint.Entry;
import ai.pollux.model.loading.ModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder with a file of a stranger's bytes, for fuzz targets of formats that are read from disk.
 *
 * @param folder made once, and removed when the process ends
 */
record OpenedFile(Path folder) {
  private static final long MOST_VALUES = 1 << 16;

  static OpenedFile inNewFolder(String name) {
    try {
      Path folder = Files.createTempDirectory("pollux-fuzz-" + name);
      folder.toFile().deleteOnExit();
      return new OpenedFile(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same folder, with another file in it. */
  OpenedFile with(String name, byte[] bytes) {
    Path file = folder.resolve(name);
    file.toFile().deleteOnExit();
    try {
      Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Opens a file, looks at all there is in it, and asks what model it is. */
  void read(String name) {
    try (Checkpoint checkpoint = Models.open(folder.resolve(name))) {
      for (String key : checkpoint.metadata().keys()) {
        var _ = checkpoint.metadata().value(key).orElseThrow().toString();
      }
      for (String tensor : checkpoint.names()) {
        look(checkpoint.entry(tensor));
      }
      Models.inspect(checkpoint);
    } catch (CheckpointException | ModelException e) {
      if (e.getMessage().isBlank()) {
        throw new AssertionError("a refusal says nothing", e);
      }
    }
  }

  private static void look(Entry entry) {
    if (entry.data().byteSize() != entry.bytes()) {
      throw new AssertionError(entry + " has two sizes");
    }
    if (entry.isReadable() && entry.elements() <= MOST_VALUES) {
      entry.values();
    }
  }
}
