package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/**
 * 32 values d · (q - 16), q of 5 bits: d (F16); 4 bytes whose bit i is the fifth bit of value i;
 * then 16 bytes of nibbles as in {@link Q4_0}.
 */
final class Q5_0 implements Blockwise {
  private static final int SIZE = 32;
  private static final int HALF = SIZE / 2;

  @Override
  public String name() {
    return "Q5_0";
  }

  @Override
  public int blockSize() {
    return SIZE;
  }

  @Override
  public int blockBytes() {
    return 2 + 4 + HALF;
  }

  @Override
  public void decodeBlock(MemorySegment data, long offset, float[] target, int at) {
    float d = Bytes.half(data, offset);
    int fifth = Bytes.doubleWord(data, offset + 2);
    for (int i = 0; i < HALF; i++) {
      int pair = Bytes.unsigned(data, offset + 6 + i);
      target[at + i] = (((pair & 15) | (((fifth >>> i) & 1) << 4)) - 16) * d;
      target[at + i + HALF] = ((pair >> 4 | (((fifth >>> (i + HALF)) & 1) << 4)) - 16) * d;
    }
  }

  /** The value of largest magnitude, whatever its sign, gets q = 0. */
  @Override
  public void encodeBlock(float[] source, int at, MemorySegment data, long offset) {
    float d = Rounding.largest(source, at, SIZE) / -16;
    float factor = Rounding.inverse(d);
    Bytes.putHalf(data, offset, d);
    int fifth = 0;
    for (int i = 0; i < HALF; i++) {
      int low = Math.min(31, (int) (source[at + i] * factor + 16.5f));
      int high = Math.min(31, (int) (source[at + i + HALF] * factor + 16.5f));
      fifth |= (((low >> 4) & 1) << i) | (((high >> 4) & 1) << (i + HALF));
      Bytes.put(data, offset + 6 + i, (low & 15) | ((high & 15) << 4));
    }
    Bytes.putDoubleWord(data, offset + 2, fifth);
  }
}
