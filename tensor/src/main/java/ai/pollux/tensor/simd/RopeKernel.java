package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import java.util.ArrayList;
import java.util.List;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShuffle;
import org.jspecify.annotations.Nullable;

/** Turns each head of each row by its position. */
final class RopeKernel implements RangeKernel {
  private static final VectorShuffle<Float> PARTNERS =
      VectorShuffle.fromOp(FLOATS, lane -> lane ^ 1);

  private final NativeMemory memory;
  private final WorkerPool pool;
  private final Split split;
  private final List<RopeTable> tables = new ArrayList<>();
  private int tablesInUse;
  private @Nullable RopeTable table;
  private boolean interleaved;
  private long x;
  private long out;
  private int heads;
  private int headSize;

  RopeKernel(NativeMemory memory, WorkerPool pool) {
    this.memory = memory;
    this.pool = pool;
    split = new Split(pool);
  }

  void run(SimdTensor input, Rope rope, Past past, SimdTensor result) {
    table = table(rope, past);
    interleaved = rope.interleaved();
    x = input.address();
    out = result.address();
    heads = input.size(1);
    headSize = input.size(2);
    split.rows(this, input.size(0), heads * headSize);
  }

  /** Ends a step: its tables are for nothing any more. */
  void endStep() {
    for (int i = 0; i < tablesInUse; i++) {
      tables.get(i).forget();
    }
    tablesInUse = 0;
  }

  private RopeTable table(Rope rope, Past past) {
    for (int i = 0; i < tablesInUse; i++) {
      if (tables.get(i).isFor(rope, past)) {
        return tables.get(i);
      }
    }
    if (tablesInUse == tables.size()) {
      tables.add(new RopeTable(memory, pool));
    }
    RopeTable next = tables.get(tablesInUse++);
    next.fill(rope, past);
    return next;
  }

  @Override
  public void range(int from, int end) {
    RopeTable angles = table;
    if (angles == null) {
      return;
    }
    for (int row = from; row < end; row++) {
      long cosines = angles.row(row, headSize);
      for (int head = 0; head < heads; head++) {
        long at = 4L * headSize * ((long) row * heads + head);
        if (interleaved) {
          neighbours(x + at, cosines, out + at);
        } else {
          halves(x + at, cosines, cosines + 4L * headSize, out + at, headSize / 2);
        }
      }
    }
  }

  /**
   * out[i] = x[i] · cos[i] + x[i + half] · sin[i]; out[i + half] = x[i + half] · cos[i + half] +
   * x[i] · sin[i + half].
   */
  private static void halves(long x, long cosines, long sines, long out, int half) {
    long second = 4L * half;
    int i = 0;
    for (; i <= half - Lanes.COUNT; i += Lanes.COUNT) {
      long at = 4L * i;
      FloatVector a = FloatVector.fromMemorySegment(FLOATS, ALL, x + at, ORDER);
      FloatVector b = FloatVector.fromMemorySegment(FLOATS, ALL, x + second + at, ORDER);
      FloatVector cosine = FloatVector.fromMemorySegment(FLOATS, ALL, cosines + at, ORDER);
      FloatVector sine = FloatVector.fromMemorySegment(FLOATS, ALL, sines + second + at, ORDER);
      a.mul(cosine).sub(b.mul(sine)).intoMemorySegment(ALL, out + at, ORDER);
      b.mul(cosine).add(a.mul(sine)).intoMemorySegment(ALL, out + second + at, ORDER);
    }
    for (; i < half; i++) {
      long at = 4L * i;
      float a = Memory.get(x + at);
      float b = Memory.get(x + second + at);
      float cosine = Memory.get(cosines + at);
      float sine = Memory.get(sines + second + at);
      Memory.set(out + at, a * cosine - b * sine);
      Memory.set(out + second + at, b * cosine + a * sine);
    }
  }

  /** out[i] = x[i] · cos[i] + x[i ^ 1] · sin[i]. */
  private void neighbours(long from, long cosines, long to) {
    long sines = cosines + 4L * headSize;
    int i = 0;
    for (; i <= headSize - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector values = FloatVector.fromMemorySegment(FLOATS, ALL, from + 4L * i, ORDER);
      FloatVector turned =
          values
              .rearrange(PARTNERS)
              .mul(FloatVector.fromMemorySegment(FLOATS, ALL, sines + 4L * i, ORDER));
      values
          .mul(FloatVector.fromMemorySegment(FLOATS, ALL, cosines + 4L * i, ORDER))
          .add(turned)
          .intoMemorySegment(ALL, to + 4L * i, ORDER);
    }
    for (; i < headSize; i++) {
      float turned = Memory.get(from + 4L * (i ^ 1)) * Memory.get(sines + 4L * i);
      Memory.set(to + 4L * i, Memory.get(from + 4L * i) * Memory.get(cosines + 4L * i) + turned);
    }
  }
}
