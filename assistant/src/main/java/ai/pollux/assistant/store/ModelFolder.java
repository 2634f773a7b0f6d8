package ai.pollux.assistant.store;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder from which one state of a model is loaded: {@code models/NAME/COMMIT/repo}, with its
 * files as links to blobs.
 */
final class ModelFolder {
  private static final String PART = ".part";

  private final Path states;
  private final Path state;
  private final Path path;

  ModelFolder(Path root, ModelName name, String commit) {
    states = states(root, name);
    state = states.resolve(commit);
    path = state.resolve(name.shortName());
  }

  private static Path states(Path root, ModelName name) {
    return root.resolve("models").resolve(name.fileName());
  }

  Path path() {
    return path;
  }

  /** Makes it, unless it is there: then it is complete. */
  void make(List<StoredModel.File> files, Path blobs) throws IOException {
    if (Files.isDirectory(state)) {
      return;
    }
    Files.createDirectories(states);
    Path part = Files.createTempDirectory(states, PART);
    Path inside = part.resolve(String.valueOf(path.getFileName()));
    for (StoredModel.File file : files) {
      Path link = inside.resolve(file.path());
      Path folder = link.resolve("..").normalize();
      Files.createDirectories(folder);
      link(link, blobs.resolve(file.blob()), state.resolve(part.relativize(folder)));
    }
    try {
      Files.move(part, state, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      delete(part); // Another process was first.
      if (!Files.isDirectory(state)) {
        throw e;
      }
    }
    Manifests.force(states);
  }

  /** Relative, so that the store can be moved; where the system has no such links, another name. */
  private static void link(Path link, Path blob, Path finalFolder) throws IOException {
    try {
      Files.createSymbolicLink(link, finalFolder.relativize(blob));
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.createLink(link, blob);
    }
  }

  /** Deletes other states of the model, and what killed processes left. */
  void deleteOthers() throws IOException {
    try (Stream<Path> all = Files.list(states)) {
      for (Path other : all.filter(other -> !other.equals(state)).toList()) {
        delete(other);
      }
    }
  }

  static void deleteAll(Path root, ModelName name) throws IOException {
    Path states = states(root, name);
    if (Files.exists(states)) {
      delete(states);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
