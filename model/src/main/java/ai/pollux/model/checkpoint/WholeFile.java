package ai.pollux.model.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file that has its name only when it is whole and on the disk: until then it is called
 * {@code NAME.part}, and is removed if writing fails. What a killed process left under that name is
 * overwritten by the next one.
 */
final class WholeFile {
  private WholeFile() {}

  /** What goes into the file. */
  @FunctionalInterface
  interface Body {
    void write(FileChannel channel) throws IOException;
  }

  /**
   * Writes a file, replacing one of that name.
   *
   * @param bytes at least so many will be written
   * @throws CheckpointException if the disk has less room, or does not take it
   */
  static void write(Path target, long bytes, Body body) {
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        checkRoom(target, part, bytes);
        body.write(channel);
        channel.force(true);
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      forceFolder(target);
    } catch (IOException e) {
      throw new CheckpointException(target, "cannot be written: " + e.getMessage(), e);
    } finally {
      discard(part);
    }
  }

  private static void checkRoom(Path target, Path part, long bytes) throws IOException {
    long room = Files.getFileStore(part).getUsableSpace();
    if (room < bytes) {
      throw new CheckpointException(
          target,
          "takes %d MB, but its disk has %d MB left. Make room, or name another disk"
              .formatted(bytes / 1_000_000, room / 1_000_000));
    }
  }

  /** The new name itself has to reach the disk; where folders cannot be opened it will anyway. */
  private static void forceFolder(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null && !System.getProperty("os.name", "").startsWith("Windows")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private static void discard(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new CheckpointException(part, "cannot be removed: " + e.getMessage(), e);
    }
  }

  /** Writes all of it. */
  static void append(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
