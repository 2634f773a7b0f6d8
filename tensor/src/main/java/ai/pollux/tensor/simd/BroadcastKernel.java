package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/** a + b or a ⊙ b; b of a's shape, or one row for every row of a. */
final class BroadcastKernel implements RangeKernel {
  /** Two tensors of one shape are cut into rows of this length. */
  private static final int FLAT_WIDTH = 1024;

  private final Split split;
  private final boolean multiply;
  private long a;
  private long b;
  private long out;
  private int width;
  private int elements;
  private boolean repeat;

  BroadcastKernel(WorkerPool pool, boolean multiply) {
    split = new Split(pool);
    this.multiply = multiply;
  }

  void run(SimdTensor first, SimdTensor second, SimdTensor result) {
    a = first.address();
    b = second.address();
    out = result.address();
    repeat = second.elements() != first.elements();
    width = repeat ? second.elements() : FLAT_WIDTH;
    int rows = Math.ceilDiv(first.elements(), Math.max(1, width));
    elements = first.elements();
    split.rows(this, rows, width);
  }

  @Override
  public void range(int from, int end) {
    for (int row = from; row < end; row++) {
      int at = row * width;
      long other = repeat ? b : b + 4L * at;
      int count = Math.min(width, elements - at);
      if (multiply) {
        multiply(a + 4L * at, other, out + 4L * at, count);
      } else {
        add(a + 4L * at, other, out + 4L * at, count);
      }
    }
  }

  /** out[i] = a[i] + b[i]. */
  private static void add(long a, long b, long out, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, a + 4L * i, ORDER)
          .add(FloatVector.fromMemorySegment(FLOATS, ALL, b + 4L * i, ORDER))
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
    for (; i < count; i++) {
      Memory.set(out + 4L * i, Memory.get(a + 4L * i) + Memory.get(b + 4L * i));
    }
  }

  /** out[i] = a[i] · b[i]. */
  static void multiply(long a, long b, long out, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector.fromMemorySegment(FLOATS, ALL, a + 4L * i, ORDER)
          .mul(FloatVector.fromMemorySegment(FLOATS, ALL, b + 4L * i, ORDER))
          .intoMemorySegment(ALL, out + 4L * i, ORDER);
    }
    for (; i < count; i++) {
      Memory.set(out + 4L * i, Memory.get(a + 4L * i) * Memory.get(b + 4L * i));
    }
  }
}
