package ai.pollux.model.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a GGUF that may be the first of several files, as llama.cpp splits them: {@code
 * NAME-00001-of-00003.gguf}. The first file's metadata count for all.
 */
final class SplitGguf {
  private static final Pattern PART = Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})\\.gguf");
  private static final int MOST_PARTS = 99_999;

  private SplitGguf() {}

  /** Whether the file is named as the first of several. */
  static boolean isFirst(Path file) {
    Matcher name = PART.matcher(file.getFileName().toString());
    return name.matches() && Integer.parseInt(name.group(2)) == 1;
  }

  static Contents read(MappedFile first, Arena arena) {
    Contents contents = GgufReader.read(first);
    long parts = contents.metadata().whole("split.count").orElse(1);
    if (parts <= 1) {
      return contents;
    }
    Path path = first.path();
    Matcher name = PART.matcher(path.getFileName().toString());
    if (parts > MOST_PARTS
        || !name.matches()
        || Integer.parseInt(name.group(2)) != 1
        || Integer.parseInt(name.group(3)) != parts) {
      throw new CheckpointException(
          path,
          "one of %d files of a split model, expected the first, named NAME-00001-of-%05d.gguf. Name that one"
              .formatted(parts, parts));
    }
    Map<String, Entry> entries = new LinkedHashMap<>(contents.entries());
    for (int part = 2; part <= parts; part++) {
      Path file = path.resolveSibling("%s-%05d-of-%05d.gguf".formatted(name.group(1), part, parts));
      GgufReader.read(MappedFile.map(file, arena))
          .entries()
          .forEach((tensor, entry) -> {
            if (entries.putIfAbsent(tensor, entry) != null) {
              throw new CheckpointException(
                  file, "the tensor %s is in an earlier part too".formatted(tensor));
            }
          });
    }
    return new Contents(Checkpoint.Kind.GGUF, entries, contents.metadata());
  }
}
