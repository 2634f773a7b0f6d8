package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Memory.ALL;

/** F32: [inputs][64] floats, which is what a decoded chunk looks like. */
record FloatTiles() implements TileFormat {
  @Override
  public boolean isSlowerThanMemory() {
    return false;
  }

  @Override
  public long bytes(int inputs) {
    return (long) LINE * inputs;
  }

  @Override
  public void pack(long source, long rowBytes, int rows, int inputs, long tile, long codes) {
    for (int r = 0; r < rows; r++) {
      long from = source + r * rowBytes;
      for (int i = 0; i < inputs; i++) {
        ALL.set(
            Memory.FLOAT, tile + (long) LINE * i + 4L * r, ALL.get(Memory.FLOAT, from + 4L * i));
      }
    }
  }

  @Override
  public long decode(long tile, int from, int count, long scratch) {
    return tile + (long) LINE * from;
  }
}
