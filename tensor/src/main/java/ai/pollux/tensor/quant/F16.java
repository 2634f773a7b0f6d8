package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/** IEEE 754 binary16: 5 bits of exponent, 10 of fraction; rounds to nearest, ties to even. */
final class F16 implements BlockFormat {
  @Override
  public String name() {
    return "F16";
  }

  @Override
  public int blockSize() {
    return 1;
  }

  @Override
  public int blockBytes() {
    return Short.BYTES;
  }

  @Override
  public void decode(MemorySegment data, long offset, float[] target, int at, int count) {
    for (int i = 0; i < count; i++) {
      target[at + i] = Bytes.half(data, offset + 2L * i);
    }
  }

  @Override
  public void encode(float[] source, int at, int count, MemorySegment data, long offset) {
    for (int i = 0; i < count; i++) {
      Bytes.putHalf(data, offset + 2L * i, source[at + i]);
    }
  }
}
