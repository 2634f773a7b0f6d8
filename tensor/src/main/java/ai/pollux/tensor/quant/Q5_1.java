package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/**
 * 32 values d · q + m, q of 5 bits: d and m (F16); 4 bytes whose bit i is the fifth bit of value i;
 * then 16 bytes of nibbles as in {@link Q4_0}.
 */
final class Q5_1 implements Blockwise {
  private static final int SIZE = 32;
  private static final int HALF = SIZE / 2;

  @Override
  public String name() {
    return "Q5_1";
  }

  @Override
  public int blockSize() {
    return SIZE;
  }

  @Override
  public int blockBytes() {
    return 2 + 2 + 4 + HALF;
  }

  @Override
  public void decodeBlock(MemorySegment data, long offset, float[] target, int at) {
    float d = Bytes.half(data, offset);
    float m = Bytes.half(data, offset + 2);
    int fifth = Bytes.doubleWord(data, offset + 4);
    for (int i = 0; i < HALF; i++) {
      int pair = Bytes.unsigned(data, offset + 8 + i);
      target[at + i] = ((pair & 15) | (((fifth >>> i) & 1) << 4)) * d + m;
      target[at + i + HALF] = (pair >> 4 | (((fifth >>> (i + HALF)) & 1) << 4)) * d + m;
    }
  }

  @Override
  public void encodeBlock(float[] source, int at, MemorySegment data, long offset) {
    float min = Rounding.smallest(source, at, SIZE);
    float d = (Rounding.greatest(source, at, SIZE) - min) / 31;
    float factor = Rounding.inverse(d);
    Bytes.putHalf(data, offset, d);
    Bytes.putHalf(data, offset + 2, min);
    int fifth = 0;
    for (int i = 0; i < HALF; i++) {
      int low = (int) ((source[at + i] - min) * factor + 0.5f);
      int high = (int) ((source[at + i + HALF] - min) * factor + 0.5f);
      fifth |= (((low >> 4) & 1) << i) | (((high >> 4) & 1) << (i + HALF));
      Bytes.put(data, offset + 8 + i, (low & 15) | ((high & 15) << 4));
    }
    Bytes.putDoubleWord(data, offset + 4, fifth);
  }
}
