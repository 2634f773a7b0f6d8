package ai.pollux.tensor.simd;

import ai.pollux.tensor.Weight;

/** Brings a stored weight into tiles, in parallel, and gives the source's pages back. */
final class PackKernel implements ParallelTask {
  private final Weight.Stored stored;
  private final PackedWeight packed;
  private final long rowBytes;

  private PackKernel(Weight.Stored stored, PackedWeight packed) {
    this.stored = stored;
    this.packed = packed;
    rowBytes = stored.format().bytesFor(stored.in());
  }

  /**
   * The weight in tiles. Where the source is a mapped file, its pages leave this process: weights
   * are resident once.
   */
  static PackedWeight pack(Weight.Stored stored, NativeMemory memory, WorkerPool pool) {
    TileFormat tiles = TileFormat.of(stored.format());
    // Vectors of 128 bits read some bytes beyond the last byte they use.
    long address = memory.allocate(tiles.bytes(stored) + NativeMemory.ALIGNMENT);
    PackedWeight packed =
        new PackedWeight(stored.format(), tiles, stored.out(), stored.in(), address);
    pool.run(new PackKernel(stored, packed), TileFormat.tiles(stored.out()));
    if (stored.data().isMapped()) {
      NativeMemory.forget(stored.data().address(), stored.data().byteSize());
    }
    return packed;
  }

  @Override
  public void run(int tile) {
    int first = TileFormat.ROWS * tile;
    int rows = Math.min(TileFormat.ROWS, stored.out() - first);
    packed.tiles().pack(stored.data(), rowBytes, first, rows, stored.in(), packed.tile(tile));
  }
}
