package ai.pollux.tensor.simd;

import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import org.jspecify.annotations.Nullable;

/**
 * Cosines and sines of every row of a step for one rope, shared by all its layers: per row as many
 * cosines as a head has values, then as many sines. A pair's first value has its sine negated, so
 * that both values are x · cos + partner · sin. Its memory is kept for later steps.
 */
final class RopeTable implements RangeKernel {
  private final NativeMemory memory;
  private final Split split;
  private @Nullable Rope rope;
  private @Nullable Past past;
  private long address;
  private long capacity;

  RopeTable(NativeMemory memory, WorkerPool pool) {
    this.memory = memory;
    split = new Split(pool);
  }

  /** Whether it was made for these very objects; equal ones would cost a comparison of arrays. */
  @SuppressWarnings("ReferenceEquality")
  boolean isFor(Rope wanted, Past rows) {
    return rope == wanted && past == rows;
  }

  /** Makes the table; until {@link #forget} it is for these two. */
  void fill(Rope wanted, Past rows) {
    rope = wanted;
    past = rows;
    int width = 4 * wanted.frequencies().length;
    long bytes = 4L * rows.rows() * width;
    if (bytes > capacity) {
      if (capacity > 0) {
        memory.free(address);
      }
      address = memory.allocate(bytes);
      capacity = bytes;
    }
    // A cosine and a sine cost as much as some tens of simple operations.
    split.rows(this, rows.rows(), 16 * width);
  }

  /** Ends the step it is for. */
  void forget() {
    rope = null;
    past = null;
  }

  /** The cosines of a row; its sines follow. */
  long row(int row, int headSize) {
    return address + 8L * row * headSize;
  }

  @Override
  public void range(int from, int end) {
    Rope wanted = rope;
    Past rows = past;
    if (wanted == null || rows == null) {
      return;
    }
    int pairs = wanted.frequencies().length;
    for (int row = from; row < end; row++) {
      long cosines = row(row, 2 * pairs);
      long sines = cosines + 8L * pairs;
      for (int pair = 0; pair < pairs; pair++) {
        double angle = (double) rows.position(row) * wanted.frequencies()[pair];
        int first = wanted.interleaved() ? 2 * pair : pair;
        int second = wanted.interleaved() ? first + 1 : pair + pairs;
        float cosine = (float) Math.cos(angle);
        float sine = (float) Math.sin(angle);
        Memory.set(cosines + 4L * first, cosine);
        Memory.set(cosines + 4L * second, cosine);
        Memory.set(sines + 4L * first, -sine);
        Memory.set(sines + 4L * second, sine);
      }
    }
  }
}
