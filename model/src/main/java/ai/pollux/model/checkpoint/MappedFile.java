package ai.pollux.model.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file in memory, read-only, as long as its arena lives. */
record MappedFile(Path path, MemorySegment bytes) {
  static MappedFile map(Path path, Arena arena) {
    if (!Files.exists(path)) {
      throw new CheckpointException(path, "there is no such file. Check the path " + path);
    }
    if (!Files.isRegularFile(path)) {
      throw new CheckpointException(path, "expected a file of weights, found no regular file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return new MappedFile(
          path, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException e) {
      throw new CheckpointException(path, "cannot be mapped: " + e.getMessage(), e);
    }
  }

  long size() {
    return bytes.byteSize();
  }

  /** What is wrong at a byte of this file. */
  CheckpointException problem(long at, String what) {
    return new CheckpointException(path, "at byte %d of %d: %s".formatted(at, size(), what));
  }
}
