package ai.pollux.tensor.quant;

import java.lang.foreign.MemorySegment;

/** A format that is defined block by block. */
interface Blockwise extends BlockFormat {
  /** Decodes the block at {@code offset} to {@code target[at … at + blockSize()]}. */
  void decodeBlock(MemorySegment data, long offset, float[] target, int at);

  /** Encodes {@code source[at … at + blockSize()]} to the block at {@code offset}. */
  void encodeBlock(float[] source, int at, MemorySegment data, long offset);

  @Override
  default void decode(MemorySegment data, long offset, float[] target, int at, int count) {
    long end = offset + bytesFor(count);
    int to = at;
    for (long block = offset; block < end; block += blockBytes()) {
      decodeBlock(data, block, target, to);
      to += blockSize();
    }
  }

  @Override
  default void encode(float[] source, int at, int count, MemorySegment data, long offset) {
    long end = offset + bytesFor(count);
    int from = at;
    for (long block = offset; block < end; block += blockBytes()) {
      encodeBlock(source, from, data, block);
      from += blockSize();
    }
  }
}
