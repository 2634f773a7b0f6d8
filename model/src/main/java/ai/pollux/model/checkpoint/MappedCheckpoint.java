package ai.pollux.model.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Contents of mapped files, and the arena that holds the mappings. */
final class MappedCheckpoint implements Checkpoint {
  private static final int NEAREST = 3;

  private final Path path;
  private final Contents contents;
  private final Arena arena;

  MappedCheckpoint(Path path, Contents contents, Arena arena) {
    this.path = path;
    this.contents = contents;
    this.arena = arena;
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Kind kind() {
    return contents.kind();
  }

  @Override
  public Set<String> names() {
    return Collections.unmodifiableSet(contents.entries().keySet());
  }

  @Override
  public Entry entry(String name) {
    Entry entry = contents.entries().get(name);
    if (entry == null) {
      throw new CheckpointException(
          path,
          "tensor %s: not among the %d. Nearest: %s. The checkpoint is incomplete, or of another family"
              .formatted(name, contents.entries().size(), nearest(name)));
    }
    return entry;
  }

  private String nearest(String name) {
    return names().stream()
        .sorted(Comparator.comparingInt(other -> -commonPrefix(name, other)))
        .limit(NEAREST)
        .collect(Collectors.joining(", "));
  }

  private static int commonPrefix(String a, String b) {
    int length = 0;
    while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
      length++;
    }
    return length;
  }

  @Override
  public Metadata metadata() {
    return contents.metadata();
  }

  @Override
  public Optional<Path> companion(String fileName) {
    Path folder = Files.isDirectory(path) ? path : path.toAbsolutePath().getParent();
    return Optional.ofNullable(folder)
        .map(found -> found.resolve(fileName))
        .filter(Files::isRegularFile);
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
