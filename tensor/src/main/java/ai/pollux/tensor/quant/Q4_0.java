package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/**
 * 32 values d · (q - 8), q of 4 bits: d (F16), then 16 bytes; the low nibble of byte i is q of
 * value i, the high one that of value i + 16.
 */
final class Q4_0 implements Blockwise {
  private static final int SIZE = 32;
  private static final int HALF = SIZE / 2;

  @Override
  public String name() {
    return "Q4_0";
  }

  @Override
  public int blockSize() {
    return SIZE;
  }

  @Override
  public int blockBytes() {
    return 2 + HALF;
  }

  @Override
  public void decodeBlock(MemorySegment data, long offset, float[] target, int at) {
    float d = Bytes.half(data, offset);
    for (int i = 0; i < HALF; i++) {
      int pair = Bytes.unsigned(data, offset + 2 + i);
      target[at + i] = ((pair & 15) - 8) * d;
      target[at + i + HALF] = ((pair >> 4) - 8) * d;
    }
  }

  /** The value of largest magnitude, whatever its sign, gets q = 0. */
  @Override
  public void encodeBlock(float[] source, int at, MemorySegment data, long offset) {
    float d = Rounding.largest(source, at, SIZE) / -8;
    float factor = Rounding.inverse(d);
    Bytes.putHalf(data, offset, d);
    for (int i = 0; i < HALF; i++) {
      int low = Math.min(15, (int) (source[at + i] * factor + 8.5f));
      int high = Math.min(15, (int) (source[at + i + HALF] * factor + 8.5f));
      Bytes.put(data, offset + 2 + i, (low & 15) | (high << 4));
    }
  }
}
