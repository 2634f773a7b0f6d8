package ai.pollux.model.checkpoint;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Two files that make one model. Path, kind and companions are those of the first, whose metadata
 * count where both have a key.
 */
final class JoinedCheckpoint implements Checkpoint {
  private final Checkpoint first;
  private final Checkpoint second;
  private final Set<String> names;
  private final Metadata metadata;

  JoinedCheckpoint(Checkpoint first, Checkpoint second) {
    this.first = first;
    this.second = second;
    Set<String> all = new LinkedHashSet<>(first.names());
    for (String name : second.names()) {
      if (!all.add(name)) {
        throw new CheckpointException(
            second.path(),
            "tensor %s: is in %s too. The two do not make one model"
                .formatted(name, first.fileName()));
      }
    }
    names = Collections.unmodifiableSet(all);
    Map<String, MetadataValue> values = new LinkedHashMap<>();
    for (Metadata each : new Metadata[] {first.metadata(), second.metadata()}) {
      each.keys().forEach(key -> values.putIfAbsent(key, each.value(key).orElseThrow()));
    }
    metadata = new Metadata(first.path(), values);
  }

  @Override
  public Path path() {
    return first.path();
  }

  @Override
  public String fileName() {
    return first.fileName() + " and " + second.fileName();
  }

  @Override
  public Kind kind() {
    return first.kind();
  }

  @Override
  public Set<String> names() {
    return names;
  }

  @Override
  public Entry entry(String name) {
    return second.contains(name) ? second.entry(name) : first.entry(name);
  }

  @Override
  public Metadata metadata() {
    return metadata;
  }

  @Override
  public Optional<Path> companion(String fileName) {
    return first.companion(fileName);
  }

  @Override
  public void close() {
    first.close();
    second.close();
  }
}
