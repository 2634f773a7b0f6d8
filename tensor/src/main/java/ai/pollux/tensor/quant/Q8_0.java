package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/** 32 values d · q: d (F16), then q, signed bytes from -127 to 127. */
final class Q8_0 implements Blockwise {
  private static final int SIZE = 32;

  @Override
  public String name() {
    return "Q8_0";
  }

  @Override
  public int blockSize() {
    return SIZE;
  }

  @Override
  public int blockBytes() {
    return 2 + SIZE;
  }

  @Override
  public void decodeBlock(MemorySegment data, long offset, float[] target, int at) {
    float d = Bytes.half(data, offset);
    for (int i = 0; i < SIZE; i++) {
      target[at + i] = d * Bytes.signed(data, offset + 2 + i);
    }
  }

  @Override
  public void encodeBlock(float[] source, int at, MemorySegment data, long offset) {
    float d = Math.abs(Rounding.largest(source, at, SIZE)) / 127;
    float factor = Rounding.inverse(d);
    Bytes.putHalf(data, offset, d);
    for (int i = 0; i < SIZE; i++) {
      Bytes.put(data, offset + 2 + i, Rounding.awayFromZero(source[at + i] * factor));
    }
  }
}
