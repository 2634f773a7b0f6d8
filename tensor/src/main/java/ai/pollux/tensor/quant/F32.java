package ai.pollux.tensor.quant;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** IEEE 754 binary32. */
final class F32 implements BlockFormat {
  private static final ValueLayout.OfFloat FLOAT =
      JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public String name() {
    return "F32";
  }

  @Override
  public int blockSize() {
    return 1;
  }

  @Override
  public int blockBytes() {
    return Float.BYTES;
  }

  @Override
  public void decode(MemorySegment data, long offset, float[] target, int at, int count) {
    MemorySegment.copy(data, FLOAT, offset, target, at, count);
  }

  @Override
  public void encode(float[] source, int at, int count, MemorySegment data, long offset) {
    MemorySegment.copy(source, at, data, FLOAT, offset, count);
  }
}
