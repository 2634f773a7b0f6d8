package ai.pollux.model.checkpoint;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Reads little-endian numbers and strings from a mapped file, one after the other. Nothing is read
 * or allocated before it is known to lie inside the file.
 */
final class Cursor {
  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MappedFile file;
  private long at;

  Cursor(MappedFile file, long at) {
    this.file = file;
    this.at = at;
  }

  long at() {
    return at;
  }

  long remaining() {
    return file.size() - at;
  }

  byte int8(String what) {
    return file.bytes().get(JAVA_BYTE, take(Byte.BYTES, what));
  }

  short int16(String what) {
    return file.bytes().get(SHORT, take(Short.BYTES, what));
  }

  int int32(String what) {
    return file.bytes().get(INT, take(Integer.BYTES, what));
  }

  long int64(String what) {
    return file.bytes().get(LONG, take(Long.BYTES, what));
  }

  long uint32(String what) {
    return Integer.toUnsignedLong(int32(what));
  }

  /**
   * How many things follow, each of at least {@code leastBytes}; refused if the rest of the file
   * could not hold them.
   *
   * @param bytes 4 or 8: the width of the count itself
   */
  long count(int bytes, int leastBytes, String what) {
    long start = at;
    long count = bytes == Integer.BYTES ? uint32(what) : int64(what);
    if (count < 0 || count > remaining() / leastBytes) {
      throw file.problem(
          start,
          "%s: its size is given as %s, but the %d bytes that follow hold at most %d. The file is truncated or damaged: fetch it again"
              .formatted(
                  what, Long.toUnsignedString(count), remaining(), remaining() / leastBytes));
    }
    return count;
  }

  /**
   * A string: its length in {@code bytes} bytes, then UTF-8.
   *
   * @param limit the greatest length taken
   */
  String text(int bytes, int limit, String what) {
    long start = at;
    long length = count(bytes, 1, what);
    if (length > limit) {
      throw file.problem(
          start,
          "%s has %d bytes, expected at most %d. The file is damaged: fetch it again"
              .formatted(what, length, limit));
    }
    byte[] text = new byte[(int) length];
    MemorySegment.copy(file.bytes(), JAVA_BYTE, take(length, what), text, 0, text.length);
    return new String(text, UTF_8);
  }

  /** Goes over strings: a flat loop, since a vocabulary has 262,144 and start-up waits for it. */
  void skipTexts(long count, String what) {
    MemorySegment bytes = file.bytes();
    long size = file.size();
    long next = at;
    for (long i = 0; i < count; i++) {
      long length = size - next < Long.BYTES ? -1 : bytes.get(LONG, next);
      if (length < 0 || length > size - next - Long.BYTES) {
        throw file.problem(
            next,
            "string %d of %s ends after the file. It is truncated or damaged: fetch it again"
                .formatted(i, what));
      }
      next += Long.BYTES + length;
    }
    at = next;
  }

  /** Goes over {@code bytes} bytes. */
  void skip(long bytes, String what) {
    take(bytes, what);
  }

  private long take(long bytes, String what) {
    if (bytes > remaining()) {
      throw file.problem(
          at,
          "%s takes %d bytes, but the file ends after %d. It is truncated: fetch it again"
              .formatted(what, bytes, remaining()));
    }
    long start = at;
    at += bytes;
    return start;
  }
}
