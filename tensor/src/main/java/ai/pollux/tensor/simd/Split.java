package ai.pollux.tensor.simd;

import org.jspecify.annotations.Nullable;

/** Cuts a range of items into parts for the pool; ranges that are not worth waking anyone stay. */
final class Split implements ParallelTask {
  /** Values per part: a few microseconds of simple work. */
  static final int GRAIN = 4096;

  private static final int WORTH_SHARING = 4;

  private final WorkerPool pool;
  private @Nullable RangeKernel kernel;
  private int items;
  private int grain;

  Split(WorkerPool pool) {
    this.pool = pool;
  }

  /** Flat values. */
  void values(RangeKernel work, int count) {
    run(work, count, GRAIN);
  }

  /** Rows of {@code width} values. */
  void rows(RangeKernel work, int count, int width) {
    run(work, count, Math.max(1, GRAIN / Math.max(1, width)));
  }

  private void run(RangeKernel work, int count, int size) {
    int parts = Math.ceilDiv(count, size);
    if (parts < WORTH_SHARING) {
      work.range(0, count);
    } else {
      kernel = work;
      items = count;
      grain = size;
      pool.run(this, parts);
    }
  }

  @Override
  public void run(int part) {
    RangeKernel work = kernel;
    if (work != null) {
      work.range(part * grain, Math.min(items, (part + 1) * grain));
    }
  }
}
