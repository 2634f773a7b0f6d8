package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import java.nio.charset.StandardCharsets;

/** Numbers out of a file's header. Reading behind the end says that the file is cut off. */
record FileBytes(byte[] array) {
  int length() {
    return array.length;
  }

  int u8(int at) {
    if (at < 0 || at >= array.length) {
      throw new MediaException(
          "The image is cut off: its header goes on behind its last byte, %d. Send the whole file."
              .formatted(array.length));
    }
    return array[at] & 0xFF;
  }

  /** Two bytes, the high one first. */
  int u16(int at) {
    return u8(at) << 8 | u8(at + 1);
  }

  /** Two bytes, the low one first. */
  int u16le(int at) {
    return u8(at) | u8(at + 1) << 8;
  }

  /** Three bytes, the low one first. */
  int u24le(int at) {
    return u16le(at) | u8(at + 2) << 16;
  }

  /** Four bytes, the high one first. */
  int i32(int at) {
    return u16(at) << 16 | u16(at + 2);
  }

  /** Four bytes, the low one first. */
  int i32le(int at) {
    return u16le(at) | u16le(at + 2) << 16;
  }

  /** Whether the bytes from {@code at} on spell this, in ISO 8859-1. */
  boolean spells(int at, String text) {
    if (at < 0 || at + text.length() > array.length) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if ((array[at + i] & 0xFF) != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The bytes from {@code at} on as text; shorter at the end of the file. */
  String text(int at, int length) {
    int start = Math.min(at, array.length);
    int end = Math.min(array.length, start + length);
    return new String(array, start, end - start, StandardCharsets.ISO_8859_1);
  }
}
