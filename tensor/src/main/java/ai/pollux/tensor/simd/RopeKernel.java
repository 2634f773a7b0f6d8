package ai.pollux.tensor.simd;

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
      VectorShuffle.fromOp(Lanes.FLOATS, lane -> lane ^ 1);

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
      FloatVector a = Memory.load(x + at);
      FloatVector b = Memory.load(x + second + at);
      FloatVector cosine = Memory.load(cosines + at);
      FloatVector sine = Memory.load(sines + second + at);
      Memory.store(a.mul(cosine).sub(b.mul(sine)), out + at);
      Memory.store(b.mul(cosine).add(a.mul(sine)), out + second + at);
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
      FloatVector values = Memory.load(from + 4L * i);
      FloatVector turned = values.rearrange(PARTNERS).mul(Memory.load(sines + 4L * i));
      Memory.store(values.mul(Memory.load(cosines + 4L * i)).add(turned), to + 4L * i);
    }
    for (; i < headSize; i++) {
      float turned = Memory.get(from + 4L * (i ^ 1)) * Memory.get(sines + 4L * i);
      Memory.set(to + 4L * i, Memory.get(from + 4L * i) * Memory.get(cosines + 4L * i) + turned);
    }
  }
}
