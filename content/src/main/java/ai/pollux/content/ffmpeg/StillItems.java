package ai.pollux.content.ffmpeg;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import ai.pollux.content.MediaException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/**
 * Keeps still pictures (HEIF items, as in AVIF and HEIC) from FFmpeg's mp4 reader: damaged lists of
 * items end the whole process in FFmpeg 8.0.1. Sounds and videos have none.
 */
final class StillItems {
  private static final byte[] LOCATIONS = "iloc".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] LIST = "iinf".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] DATA = "mdat".getBytes(StandardCharsets.ISO_8859_1);
  private static final int HEAD = 8;
  private static final int LONG_HEAD = 16;

  private StillItems() {}

  /** Refuses a file that names both boxes anywhere but in its media data. */
  static void refuse(MemorySegment file) {
    boolean hasLocations = false;
    boolean hasList = false;
    long at = 0;
    while (at + HEAD <= file.byteSize()) {
      long start = at;
      long end = Math.min(file.byteSize(), start + size(file, start));
      if (!spells(file, start + 4, DATA)) {
        hasLocations |= contains(file, start, end, LOCATIONS);
        hasList |= contains(file, start, end, LIST);
      }
      at = end;
    }
    if (hasLocations && hasList) {
      throw new MediaException(
          "the file holds still pictures (HEIF), not sound or video. Send a picture as JPEG, PNG or AVIF");
    }
  }

  /** The length of a top-level box; one without a length that makes sense goes on to the end. */
  private static long size(MemorySegment file, long at) {
    long size = number(file, at, 4);
    if (size == 1 && at + LONG_HEAD <= file.byteSize()) {
      size = number(file, at + HEAD, 8);
    }
    return size < HEAD ? file.byteSize() : size;
  }

  private static long number(MemorySegment file, long at, int bytes) {
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value = (value << 8) | (file.get(JAVA_BYTE, at + i) & 0xFF);
    }
    return value & (Long.MAX_VALUE >> 8); // far beyond any file, and safe to add to
  }

  private static boolean contains(MemorySegment file, long from, long to, byte[] name) {
    for (long i = from; i <= to - name.length; i++) {
      if (file.get(JAVA_BYTE, i) == name[0] && spells(file, i, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean spells(MemorySegment file, long at, byte[] name) {
    for (int i = 0; i < name.length; i++) {
      if (file.get(JAVA_BYTE, at + i) != name[i]) {
        return false;
      }
    }
    return true;
  }
}
