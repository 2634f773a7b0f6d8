package ai.pollux.tensor.simd;

import ai.pollux.tensor.Weight;
import ai.pollux.tensor.jit.EmittedKernel;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Brings a stored weight into tiles, in parallel, and gives the source's pages back. */
final class PackKernel implements ParallelTask {
  private final Weight.Stored stored;
  private final long source;
  private final PackedWeight packed;
  private final KernelScratch scratch;
  private final long rowBytes;

  private PackKernel(
      Weight.Stored stored, long source, PackedWeight packed, KernelScratch scratch) {
    this.stored = stored;
    this.source = source;
    this.packed = packed;
    this.scratch = scratch;
    rowBytes = stored.format().bytesFor(stored.in());
  }

  /**
   * The weight in tiles. Where the source is a mapped file, its pages leave this process: weights
   * are resident once.
   *
   * @param emitted the kernel for its format, if there is one
   */
  static PackedWeight pack(
      Weight.Stored stored,
      Optional<EmittedKernel> emitted,
      NativeMemory memory,
      WorkerPool pool,
      KernelScratch scratch) {
    TileFormat tiles = TileFormat.of(stored.format());
    // Vectors of 128 bits read some bytes beyond the last byte they use.
    long address = memory.allocate(tiles.bytes(stored) + NativeMemory.ALIGNMENT);
    PackedWeight packed =
        new PackedWeight(stored.format(), tiles, stored.out(), stored.in(), address, emitted);
    MemorySegment data = stored.data();
    long bytes = data.byteSize();
    long source = data.isNative() ? data.address() : memory.allocate(bytes);
    if (!data.isNative()) {
      MemorySegment.copy(data, 0, Memory.ALL, source, bytes);
    }
    pool.run(new PackKernel(stored, source, packed, scratch), TileFormat.tiles(stored.out()));
    if (data.isMapped()) {
      NativeMemory.forget(source, bytes);
    } else if (!data.isNative()) {
      memory.free(source);
    }
    return packed;
  }

  @Override
  public void run(int tile) {
    int first = TileFormat.ROWS * tile;
    int rows = Math.min(TileFormat.ROWS, stored.out() - first);
    long codes = scratch.take();
    try {
      Memory.zero(codes, TileFormat.CODES);
      long row = source + first * rowBytes;
      packed.tiles().pack(row, rowBytes, rows, stored.in(), packed.tile(tile), codes);
    } finally {
      scratch.giveBack(codes);
    }
  }
}
