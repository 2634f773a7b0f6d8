package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/**
 * {@link AffineBlock} with q of 5 bits: the header; 32 bytes, bit j of byte i the fifth bit of
 * value i of sub-block j; then the nibbles as in {@link Q4_K}.
 */
final class Q5_K implements Blockwise {
  private static final int SUBBLOCK = AffineBlock.SUBBLOCK;
  private static final int TOP = 31;
  private static final int NIBBLES = AffineBlock.HEADER + SUBBLOCK;

  @Override
  public String name() {
    return "Q5_K";
  }

  @Override
  public int blockSize() {
    return AffineBlock.SIZE;
  }

  @Override
  public int blockBytes() {
    return NIBBLES + AffineBlock.SIZE / 2;
  }

  @Override
  public void decodeBlock(MemorySegment data, long offset, float[] target, int at) {
    for (int j = 0; j < AffineBlock.SIZE / SUBBLOCK; j++) {
      float scale = AffineBlock.scale(data, offset, j);
      float minimum = AffineBlock.minimum(data, offset, j);
      int nibbles = NIBBLES + j / 2 * SUBBLOCK;
      int shift = j % 2 * 4;
      for (int i = 0; i < SUBBLOCK; i++) {
        int low = (Bytes.unsigned(data, offset + nibbles + i) >> shift) & 15;
        int fifth = (Bytes.unsigned(data, offset + AffineBlock.HEADER + i) >> j) & 1;
        target[at + j * SUBBLOCK + i] = scale * (low | (fifth << 4)) - minimum;
      }
    }
  }

  @Override
  public void encodeBlock(float[] source, int at, MemorySegment data, long offset) {
    AffineSearch search = new AffineSearch(TOP, -0.5f, 15);
    int[] q = AffineBlock.encode(source, at, TOP, search, data, offset);
    for (int i = 0; i < SUBBLOCK; i++) {
      int fifths = 0;
      for (int j = 0; j < q.length / SUBBLOCK; j++) {
        fifths |= q[j * SUBBLOCK + i] >> 4 << j;
      }
      Bytes.put(data, offset + AffineBlock.HEADER + i, fifths);
      for (int pair = 0; pair < q.length; pair += 2 * SUBBLOCK) {
        int low = q[pair + i] & 15;
        int high = q[pair + SUBBLOCK + i] & 15;
        Bytes.put(data, offset + NIBBLES + pair / 2 + i, low | high << 4);
      }
    }
  }
}
