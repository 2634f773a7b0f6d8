package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/** 32 values d · q + m, q of 4 bits: d and m (F16), then 16 bytes of nibbles as in {@link Q4_0}. */
final class Q4_1 implements Blockwise {
  private static final int SIZE = 32;
  private static final int HALF = SIZE / 2;

  @Override
  public String name() {
    return "Q4_1";
  }

  @Override
  public int blockSize() {
    return SIZE;
  }

  @Override
  public int blockBytes() {
    return 2 + 2 + HALF;
  }

  @Override
  public void decodeBlock(MemorySegment data, long offset, float[] target, int at) {
    float d = Bytes.half(data, offset);
    float m = Bytes.half(data, offset + 2);
    for (int i = 0; i < HALF; i++) {
      int pair = Bytes.unsigned(data, offset + 4 + i);
      target[at + i] = (pair & 15) * d + m;
      target[at + i + HALF] = (pair >> 4) * d + m;
    }
  }

  @Override
  public void encodeBlock(float[] source, int at, MemorySegment data, long offset) {
    float min = Rounding.smallest(source, at, SIZE);
    float d = (Rounding.greatest(source, at, SIZE) - min) / 15;
    float factor = Rounding.inverse(d);
    Bytes.putHalf(data, offset, d);
    Bytes.putHalf(data, offset + 2, min);
    for (int i = 0; i < HALF; i++) {
      int low = Math.min(15, (int) ((source[at + i] - min) * factor + 0.5f));
      int high = Math.min(15, (int) ((source[at + i + HALF] - min) * factor + 0.5f));
      Bytes.put(data, offset + 4 + i, (low & 15) | (high << 4));
    }
  }
}
