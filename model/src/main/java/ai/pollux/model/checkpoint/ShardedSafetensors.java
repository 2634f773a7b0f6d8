package ai.pollux.model.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads {@code model.safetensors.index.json}, which says in which of several files each tensor
 * lies, and those files. They must lie in the index's own folder.
 */
final class ShardedSafetensors {
  /** A 2-trillion-parameter model's index is below this. */
  private static final long MOST_INDEX_BYTES = 100_000_000;

  private ShardedSafetensors() {}

  static Contents read(Path index, Arena arena) {
    Map<String, Contents> shards = new LinkedHashMap<>();
    Map<String, Entry> entries = new LinkedHashMap<>();
    weightMap(index)
        .forEach((name, shard) -> {
          Contents contents =
              shards.computeIfAbsent(
                  shard,
                  file -> SafetensorsReader.read(MappedFile.map(locate(index, name, file), arena)));
          Entry entry = contents.entries().get(name);
          if (entry == null) {
            throw new CheckpointException(
                index,
                "tensor %s: not in %s, where the index says it is. A file is damaged or of another model: fetch the folder again"
                    .formatted(name, shard));
          }
          entries.put(name, entry);
        });
    return new Contents(Checkpoint.Kind.SAFETENSORS, entries, new Metadata(index, Map.of()));
  }

  private static Map<String, String> weightMap(Path index) {
    Map<String, String> files = new LinkedHashMap<>();
    JsonHeader json = new JsonHeader(index, bytes(index), 0);
    json.object(key -> {
      if (key.equals("weight_map")) {
        json.object(name -> files.put(name, json.text(name)));
      } else {
        json.skip();
      }
    });
    json.end();
    if (files.isEmpty()) {
      throw new CheckpointException(
          index, "its weight_map is missing or empty. Fetch the index again");
    }
    return files;
  }

  private static byte[] bytes(Path index) {
    try {
      long size = Files.size(index);
      if (size > MOST_INDEX_BYTES) {
        throw new CheckpointException(
            index, "expected at most %d bytes, found %d".formatted(MOST_INDEX_BYTES, size));
      }
      return Files.readAllBytes(index);
    } catch (IOException e) {
      throw new CheckpointException(index, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static Path locate(Path index, String name, String shard) {
    boolean plain = shard.endsWith(".safetensors") && shard.matches("[A-Za-z0-9_][A-Za-z0-9._-]*");
    if (!plain) {
      throw new CheckpointException(
          index,
          "tensor %s: expected the name of a .safetensors file in the same folder, found \"%s\". Do not trust this index"
              .formatted(name, shard));
    }
    Path file = index.resolveSibling(shard);
    if (!Files.isRegularFile(file)) {
      throw new CheckpointException(
          index,
          "tensor %s: its file %s is missing. Fetch it into %s"
              .formatted(name, shard, index.toAbsolutePath().getParent()));
    }
    return file;
  }
}
