package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/**
 * {@link AffineBlock} with q of 4 bits: the header, then 32 bytes for each pair of sub-blocks, the
 * low nibbles the first's q, the high ones the second's.
 */
final class Q4_K implements Blockwise {
  private static final int SUBBLOCK = AffineBlock.SUBBLOCK;
  private static final int TOP = 15;

  @Override
  public String name() {
    return "Q4_K";
  }

  @Override
  public int blockSize() {
    return AffineBlock.SIZE;
  }

  @Override
  public int blockBytes() {
    return AffineBlock.HEADER + AffineBlock.SIZE / 2;
  }

  @Override
  public void decodeBlock(MemorySegment data, long offset, float[] target, int at) {
    for (int j = 0; j < AffineBlock.SIZE / SUBBLOCK; j++) {
      float scale = AffineBlock.scale(data, offset, j);
      float minimum = AffineBlock.minimum(data, offset, j);
      int nibbles = AffineBlock.HEADER + j / 2 * SUBBLOCK;
      int shift = j % 2 * 4;
      for (int i = 0; i < SUBBLOCK; i++) {
        int q = (Bytes.unsigned(data, offset + nibbles + i) >> shift) & 15;
        target[at + j * SUBBLOCK + i] = scale * q - minimum;
      }
    }
  }

  @Override
  public void encodeBlock(float[] source, int at, MemorySegment data, long offset) {
    AffineSearch search = new AffineSearch(TOP, -1, 20);
    int[] q = AffineBlock.encode(source, at, TOP, search, data, offset);
    for (int pair = 0; pair < q.length; pair += 2 * SUBBLOCK) {
      for (int i = pair; i < pair + SUBBLOCK; i++) {
        int nibbles = AffineBlock.HEADER - pair / 2 + i;
        Bytes.put(data, offset + nibbles, q[i] | (q[i + SUBBLOCK] << 4));
      }
    }
  }
}
