package ai.pollux.tensor.quant;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** Little-endian numbers at any offset of a segment. */
final class Bytes {
  private static final ValueLayout.OfShort SHORT =
      JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfInt INT =
      JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Bytes() {}

  static int signed(MemorySegment data, long offset) {
    return data.get(JAVA_BYTE, offset);
  }

  static int unsigned(MemorySegment data, long offset) {
    return data.get(JAVA_BYTE, offset) & 0xff;
  }

  static void put(MemorySegment data, long offset, int value) {
    data.set(JAVA_BYTE, offset, (byte) value);
  }

  static short word(MemorySegment data, long offset) {
    return data.get(SHORT, offset);
  }

  static void putWord(MemorySegment data, long offset, short value) {
    data.set(SHORT, offset, value);
  }

  static int doubleWord(MemorySegment data, long offset) {
    return data.get(INT, offset);
  }

  static void putDoubleWord(MemorySegment data, long offset, int value) {
    data.set(INT, offset, value);
  }

  /** A binary16 value. */
  static float half(MemorySegment data, long offset) {
    return Float.float16ToFloat(word(data, offset));
  }

  static void putHalf(MemorySegment data, long offset, float value) {
    putWord(data, offset, Float.floatToFloat16(value));
  }
}
