package ai.pollux.library;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The model that comes with Pollux, out of the jar {@code pollux-nano}. Models are mapped into
 * memory, which no entry of a jar can be: its files are copied to a folder of their own, which
 * {@link #close} deletes.
 */
final class BundledModel implements AutoCloseable {
  static final String NAME = "pollux-nano";

  static final List<String> FILES =
      List.of(
          "config.json",
          "generation_config.json",
          "model.safetensors",
          "processor_config.json",
          "tokenizer.json",
          "tokenizer.model",
          "tokenizer_config.json");

  private static final String PLACE = "/ai/pollux/models/pollux-nano/";

  private final Path folder;

  private BundledModel(Path folder) {
    this.folder = folder;
  }

  /**
   * Copies the model.
   *
   * @throws PolluxException if its jar is not there
   */
  static BundledModel copy() {
    try {
      BundledModel copy = new BundledModel(Files.createTempDirectory("pollux-nano"));
      try {
        for (String file : FILES) {
          copy.file(file, BundledModel.class.getResource(PLACE + file));
        }
        return copy;
      } catch (IOException | RuntimeException e) {
        copy.close();
        throw e;
      }
    } catch (IOException e) {
      throw new PolluxException(
          "pollux-nano: cannot be copied to a folder of its own: %s. Another place for it: -Djava.io.tmpdir=FOLDER"
              .formatted(e.getMessage()),
          e);
    }
  }

  private void file(String name, @Nullable URL resource) throws IOException {
    if (resource == null) {
      throw new PolluxException(
          "pollux-nano: %s%s is not on the class path. Add the dependency ai.pollux:pollux-nano, or name another model"
              .formatted(PLACE, name));
    }
    try (InputStream in = resource.openStream()) {
      Files.copy(in, folder.resolve(name));
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      for (String file : FILES) {
        Files.deleteIfExists(folder.resolve(file));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
