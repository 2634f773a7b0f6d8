package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/** bfloat16: the upper half of a binary32; rounds to nearest, ties to even; NaN becomes quiet. */
final class Bf16 implements BlockFormat {
  private static final int INFINITY = 0x7f80_0000;
  private static final int QUIET = 0x40;

  @Override
  public String name() {
    return "BF16";
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
      target[at + i] = Float.intBitsToFloat(Bytes.word(data, offset + 2L * i) << 16);
    }
  }

  @Override
  public void encode(float[] source, int at, int count, MemorySegment data, long offset) {
    for (int i = 0; i < count; i++) {
      Bytes.putWord(data, offset + 2L * i, upperHalf(Float.floatToRawIntBits(source[at + i])));
    }
  }

  private static short upperHalf(int bits) {
    if ((bits & 0x7fff_ffff) > INFINITY) {
      return (short) ((bits >>> 16) | QUIET);
    }
    int tie = (bits >>> 16) & 1;
    return (short) ((bits + 0x7fff + tie) >>> 16);
  }
}
