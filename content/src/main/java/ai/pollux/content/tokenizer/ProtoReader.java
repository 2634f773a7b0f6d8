package ai.pollux.content.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One protobuf message inside a byte array, field by field. Anything that does not fit in the
 * message is a {@link TokenizerException} with the offset.
 */
final class ProtoReader {
  private final byte[] bytes;
  private final int limit;
  private final String where;
  private int position;
  private int wireType;

  /**
   * @param where names the file, for messages
   */
  ProtoReader(byte[] bytes, String where) {
    this(bytes, 0, bytes.length, where);
  }

  private ProtoReader(byte[] bytes, int position, int limit, String where) {
    this.bytes = bytes;
    this.position = position;
    this.limit = limit;
    this.where = where;
  }

  /** The number of the next field, or 0 at the end of the message. */
  int nextField() {
    if (position == limit) {
      return 0;
    }
    long tag = varint();
    wireType = (int) (tag & 7);
    long field = tag >>> 3;
    if (field < 1 || field > 536_870_911) {
      throw damaged("a field number from 1 to 536870911", Long.toUnsignedString(field));
    }
    return (int) field;
  }

  /** The value of the field just named: a number or truth value. */
  long number() {
    expect(0, "a varint");
    return varint();
  }

  /** The value of the field just named: a float. */
  float float32() {
    expect(5, "a 32-bit value");
    int start = take(4);
    int bits =
        (bytes[start] & 0xFF)
            | ((bytes[start + 1] & 0xFF) << 8)
            | ((bytes[start + 2] & 0xFF) << 16)
            | (bytes[start + 3] << 24);
    return Float.intBitsToFloat(bits);
  }

  /** The value of the field just named: a text in UTF-8. */
  String text() {
    byte[] value = bytes();
    return new String(value, StandardCharsets.UTF_8);
  }

  /** The value of the field just named: bytes. */
  byte[] bytes() {
    ProtoReader inner = message();
    return Arrays.copyOfRange(bytes, inner.position, inner.limit);
  }

  /** The value of the field just named: a message. */
  ProtoReader message() {
    expect(2, "a length-delimited value");
    long length = varint();
    if (length < 0 || length > limit - position) {
      throw damaged(
          "a value of at most " + (limit - position) + " bytes", Long.toUnsignedString(length));
    }
    int start = take((int) length);
    return new ProtoReader(bytes, start, start + (int) length, where);
  }

  /** Passes over the value of the field just named. */
  void skip() {
    switch (wireType) {
      case 0 -> varint();
      case 1 -> take(8);
      case 2 -> message();
      case 5 -> take(4);
      default -> throw damaged("wire type 0, 1, 2 or 5", String.valueOf(wireType));
    }
  }

  private void expect(int type, String name) {
    if (wireType != type) {
      throw damaged(name, "wire type " + wireType);
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = bytes[take(1)];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw damaged("a varint of at most 10 bytes", "a longer one");
  }

  private int take(int count) {
    if (count > limit - position) {
      throw damaged(count + " more bytes", "only " + (limit - position));
    }
    int start = position;
    position += count;
    return start;
  }

  private TokenizerException damaged(String expected, String found) {
    return new TokenizerException(
        where
            + ", byte "
            + position
            + ": expected "
            + expected
            + ", found "
            + found
            + ". The file is cut short or is no SentencePiece model; download it again.");
  }
}
