package ai.pollux.tensor.simd;

import ai.pollux.tensor.Past;
import org.jspecify.annotations.Nullable;

/** Writes the keys and values of a step to their pages. */
final class KeyValueStoreKernel implements RangeKernel {
  private final Split split;
  private final KeyValuePages pages;
  private @Nullable Past past;
  private long keys;
  private long values;
  private int kvHeads;
  private int headSize;

  KeyValueStoreKernel(WorkerPool pool, KeyValuePages pages) {
    split = new Split(pool);
    this.pages = pages;
  }

  void run(SimdTensor k, SimdTensor v, Past rows) {
    past = rows;
    keys = k.address();
    values = v.address();
    kvHeads = k.size(1);
    headSize = k.size(2);
    split.rows(this, rows.rows(), 4 * kvHeads * headSize);
  }

  @Override
  public void range(int from, int end) {
    Past rows = past;
    if (rows == null) {
      return;
    }
    int sequence = 0;
    for (int row = from; row < end; row++) {
      while (row >= rows.firstRow(sequence + 1)) {
        sequence++;
      }
      int position = rows.position(row) - AttentionPlan.origin(rows, sequence);
      for (int head = 0; head < kvHeads; head++) {
        long at = 4L * headSize * ((long) row * kvHeads + head);
        store(pages.keys(sequence, position, head), position % pages.pageSize(), at);
      }
    }
  }

  /** page.keys[i][slot] = k[i], page.values[slot][i] = v[i]. */
  private void store(long page, int slot, long at) {
    CacheFormat format = pages.format();
    int bytes = format.bytes();
    long key = page + (long) slot * bytes;
    long value = page + pages.keyBytes() + (long) slot * headSize * bytes;
    long stride = (long) pages.slots() * bytes;
    for (int i = 0; i < headSize; i++) {
      format.set(key + i * stride, Memory.get(keys + at + 4L * i));
      format.set(value + (long) i * bytes, Memory.get(values + at + 4L * i));
    }
  }
}
