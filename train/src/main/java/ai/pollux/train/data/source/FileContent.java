package ai.pollux.train.data.source;

import ai.pollux.train.data.BadRecordException;
import ai.pollux.train.data.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * The bytes of a file by place. A plain file is mapped; one packed with gzip is unpacked into
 * memory. Owned by who opened it; may be read by many threads until it is closed.
 */
final class FileContent implements AutoCloseable {
  /** A packed file has to fit memory. */
  private static final int LARGEST_UNPACKED = 1 << 30;

  private final Path file;
  private final Arena arena;
  private final MemorySegment bytes;

  private FileContent(Path file, Arena arena, MemorySegment bytes) {
    this.file = file;
    this.arena = arena;
    this.bytes = bytes;
  }

  @SuppressWarnings("MustBeClosedChecker") // close() closes it
  static FileContent open(Path file) {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer magic = ByteBuffer.allocate(2);
      channel.read(magic, 0);
      if (magic.getShort(0) == 0x1F8B) {
        return new FileContent(file, arena, MemorySegment.ofArray(unpacked(file)));
      }
      return new FileContent(
          file, arena, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    } catch (IOException e) {
      arena.close();
      throw unreadable(file, e);
    }
  }

  /** All bytes of a small file, unpacked where it is packed. */
  static byte[] read(Path file) {
    try (FileContent content = open(file)) {
      return content.bytes(0, Math.toIntExact(content.size()));
    }
  }

  static DataException unreadable(Path file, IOException e) {
    return new DataException(
        "%s: expected a readable file, found %s. Check the path.".formatted(file, e), e);
  }

  private static byte[] unpacked(Path file) throws IOException {
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)), 1 << 16)) {
      byte[] all = in.readNBytes(LARGEST_UNPACKED);
      if (in.read() >= 0) {
        throw new DataException(
            "%s: more than %d bytes when unpacked. Unpack the file on disk and name that."
                .formatted(file, LARGEST_UNPACKED));
      }
      return all;
    }
  }

  Path file() {
    return file;
  }

  long size() {
    return bytes.byteSize();
  }

  byte at(long place) {
    return bytes.get(ValueLayout.JAVA_BYTE, place);
  }

  byte[] bytes(long from, int length) {
    return bytes.asSlice(from, length).toArray(ValueLayout.JAVA_BYTE);
  }

  /**
   * The text of a range.
   *
   * @throws BadRecordException where it is not UTF-8
   */
  String text(long from, long to) {
    byte[] range = bytes(from, Math.toIntExact(to - from));
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(range)).toString();
    } catch (CharacterCodingException e) {
      throw new BadRecordException(
          "%s, bytes %d to %d: expected UTF-8, found other bytes.".formatted(file, from, to), e);
    }
  }

  @Override
  public void close() {
    arena.close();
  }
}
