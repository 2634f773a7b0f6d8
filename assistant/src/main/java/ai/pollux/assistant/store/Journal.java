package ai.pollux.assistant.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Which parts of a file have been fetched: a header, then one byte for each part, 1 when it is on
 * disk. A part is marked after it has been forced there, so that the mark is never ahead, whenever
 * the process ends. Safe for threads that mark different parts.
 */
final class Journal implements AutoCloseable {
  private static final int HEADER = Long.BYTES + Integer.BYTES;

  private final FileChannel channel;
  private final byte[] marks;

  private Journal(FileChannel channel, byte[] marks) {
    this.channel = channel;
    this.marks = marks;
  }

  /**
   * The journal of a file, from before where there is one that fits; {@code isFresh} makes a new
   * one.
   */
  static Journal open(Path file, long size, int partBytes, boolean isFresh) throws IOException {
    int parts = Math.toIntExact(Math.ceilDiv(size, partBytes));
    ByteBuffer head = ByteBuffer.allocate(HEADER + parts).putLong(size).putInt(partBytes);
    byte[] marks = new byte[parts];
    byte[] old = isFresh || Files.notExists(file) ? new byte[0] : Files.readAllBytes(file);
    boolean fits =
        old.length == HEADER + parts
            && ByteBuffer.wrap(old).getLong() == size
            && ByteBuffer.wrap(old).getInt(Long.BYTES) == partBytes;
    if (fits) {
      System.arraycopy(old, HEADER, marks, 0, parts);
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (!fits) {
        channel.truncate(0);
        head.clear();
        writeAll(channel, head, 0);
      }
      return new Journal(channel, marks);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  static void writeAll(FileChannel channel, ByteBuffer bytes, long position) throws IOException {
    long at = position;
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** The parts that are not there. */
  List<Integer> missing() {
    List<Integer> missing = new ArrayList<>();
    for (int part = 0; part < marks.length; part++) {
      if (!has(part)) {
        missing.add(part);
      }
    }
    return missing;
  }

  boolean has(int part) {
    return marks[part] == 1;
  }

  /** The part is on disk. */
  void mark(int part) throws IOException {
    marks[part] = 1;
    writeAll(channel, ByteBuffer.wrap(new byte[] {1}), HEADER + (long) part);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
