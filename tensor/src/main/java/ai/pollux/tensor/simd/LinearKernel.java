package ai.pollux.tensor.simd;

import ai.pollux.tensor.jit.EmittedKernel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * y[t, o] = Σᵢ x[t, i] · w[o, i] for a packed weight, in the order of sums that {@link TileFormat}
 * fixes. Few rows are computed from the packed bits, bound by reading them, by an emitted kernel
 * where there is one and by the Vector API for one row; many from a chunk decoded to the
 * first-level cache, four rows at a time, bound by multiplying.
 */
final class LinearKernel implements ParallelTask {
  /** Rows that go over a tile before the next one: their sums stay in the second-level cache. */
  private static final int ROW_BLOCK = 512;

  /** Rows that are worth decoding a weight again for each four of them. */
  private static final int FEW = 8;

  /**
   * Parts per thread when few rows are computed, so that a thread that was held up can be helped.
   */
  private static final int PARTS_PER_THREAD = 4;

  private static final int SUMS_BYTES = ROW_BLOCK * TileFormat.LINE;

  private final WorkerPool pool;
  private final KernelScratch scratch;
  private @Nullable PackedWeight weight;
  private long x;
  private long y;
  private int rows;
  private int tiles;
  private int tilesPerPart;
  private int rowBlocks;

  LinearKernel(NativeMemory memory, WorkerPool pool) {
    this.pool = pool;
    scratch = new KernelScratch(memory, TileFormat.SCRATCH + SUMS_BYTES, pool.threads());
  }

  /** [T, I] × [O, I] → [T, O]; all sizes have been checked. */
  void run(SimdTensor input, PackedWeight w, SimdTensor output) {
    run(input.address(), input.size(0), w, output.address());
  }

  /** The same for rows that lie one after the other at {@code input}. */
  void run(long input, int inputRows, PackedWeight w, long output) {
    weight = w;
    x = input;
    y = output;
    rows = inputRows;
    tiles = TileFormat.tiles(w.out());
    rowBlocks = Math.ceilDiv(rows, ROW_BLOCK);
    boolean inRanges = rows == 1 || isEmitted(w);
    tilesPerPart = inRanges ? Math.ceilDiv(tiles, PARTS_PER_THREAD * pool.threads()) : 1;
    pool.run(this, rowBlocks * Math.ceilDiv(tiles, tilesPerPart));
  }

  private boolean isEmitted(PackedWeight w) {
    return rows <= FEW && w.emitted().isPresent();
  }

  @Override
  public void run(int part) {
    PackedWeight w = Objects.requireNonNull(weight);
    long memory = scratch.take();
    try {
      int first = part * tilesPerPart;
      int end = Math.min(tiles, first + tilesPerPart);
      if (isEmitted(w)) {
        few(w, w.emitted().orElseThrow(), first, end, memory + TileFormat.SCRATCH);
      } else if (rows == 1) {
        for (int tile = first; tile < end; tile++) {
          one(w, tile, memory);
        }
      } else {
        int from = part % rowBlocks * ROW_BLOCK;
        many(w, part / rowBlocks, from, Math.min(ROW_BLOCK, rows - from), memory);
      }
    } finally {
      scratch.giveBack(memory);
    }
  }

  /** Whole tiles straight to the outputs; the last one by way of {@code sums} if it is not full. */
  private void few(PackedWeight w, EmittedKernel kernel, int first, int end, long sums) {
    int whole = Math.min(end, w.out() / TileFormat.ROWS);
    long stride = (long) Float.BYTES * w.out();
    if (first < whole && rows <= kernel.mostRows()) {
      few(w, kernel, first, whole - first, y + (long) TileFormat.LINE * first, stride);
    } else {
      // What a tile's first rows brought to the cache serves the others.
      for (int tile = first; tile < whole; tile++) {
        few(w, kernel, tile, 1, y + (long) TileFormat.LINE * tile, stride);
      }
    }
    if (whole < end) {
      few(w, kernel, whole, 1, sums, TileFormat.LINE);
      for (int r = 0; r < rows; r++) {
        copyOut(w, whole, sums + (long) TileFormat.LINE * r, r);
      }
    }
  }

  private void few(
      PackedWeight w, EmittedKernel kernel, int tile, int count, long target, long stride) {
    for (int r = 0; r < rows; r += kernel.mostRows()) {
      int some = Math.min(rows - r, kernel.mostRows());
      long input = x + (long) Float.BYTES * w.in() * r;
      kernel.run(some, w.tile(tile), count, w.in(), input, target + stride * r, stride);
    }
  }

  private void one(PackedWeight w, int tile, long memory) {
    long sums = memory + TileFormat.SCRATCH;
    Memory.zero(sums, TileFormat.LINE);
    long address = w.tile(tile);
    if (w.tiles().isSlowerThanMemory()) {
      Memory.fetch(address, w.tiles().bytes(w.in()), memory);
    }
    for (int i = 0; i < w.in(); i += TileFormat.CHUNK) {
      int count = Math.min(TileFormat.CHUNK, w.in() - i);
      w.tiles().dot(address, i, count, x + 4L * i, sums, memory);
    }
    copyOut(w, tile, sums, 0);
  }

  private void many(PackedWeight w, int tile, int firstRow, int count, long memory) {
    long sums = memory + TileFormat.SCRATCH;
    Memory.zero(sums, (long) Math.ceilDiv(count, 4) * 4 * TileFormat.LINE);
    for (int i = 0; i < w.in(); i += TileFormat.CHUNK) {
      int inputs = Math.min(TileFormat.CHUNK, w.in() - i);
      long values = w.tiles().decode(w.tile(tile), i, inputs, memory);
      for (int r = 0; r < count; r += 4) {
        fourRows(values, inputs, w.in(), i, firstRow + r, sums + (long) TileFormat.LINE * r);
      }
    }
    for (int r = 0; r < count; r++) {
      copyOut(w, tile, sums + (long) TileFormat.LINE * r, firstRow + r);
    }
  }

  /** Rows beyond the last one repeat it; their sums are not copied out. */
  private void fourRows(long values, int inputs, int width, int from, int row, long sums) {
    int last = rows - 1;
    long at = x + 4L * from;
    TileKernel.four(
        values,
        inputs,
        at + 4L * width * row,
        at + 4L * width * Math.min(row + 1, last),
        at + 4L * width * Math.min(row + 2, last),
        at + 4L * width * Math.min(row + 3, last),
        sums);
  }

  private void copyOut(PackedWeight w, int tile, long sums, int row) {
    int first = TileFormat.ROWS * tile;
    int count = Math.min(TileFormat.ROWS, w.out() - first);
    Memory.copy(sums, y + 4L * ((long) row * w.out() + first), 4L * count);
  }

  /** Row {@code id} of a packed table. */
  void decode(PackedWeight table, int id, float[] row) {
    long memory = scratch.take();
    try {
      long tile = table.tile(id / TileFormat.ROWS);
      for (int i = 0; i < table.in(); i += TileFormat.CHUNK) {
        int count = Math.min(TileFormat.CHUNK, table.in() - i);
        long column = table.tiles().decode(tile, i, count, memory) + 4L * (id % TileFormat.ROWS);
        for (int k = 0; k < count; k++) {
          row[i + k] = Memory.get(column + (long) TileFormat.LINE * k);
        }
      }
    } finally {
      scratch.giveBack(memory);
    }
  }
}
