package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import ai.pollux.tensor.Weight;
import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** y[t, o] = Σᵢ x[t, i] · w[o, i]: decodes a row of the weight, then multiplies all rows of x. */
final class RowLinearKernel implements ParallelTask {
  private final WorkerPool pool;
  private final ThreadLocal<float[]> scratch = ThreadLocal.withInitial(() -> new float[0]);
  private @Nullable Weight weight;
  private long x;
  private long y;
  private int rows;

  RowLinearKernel(WorkerPool pool) {
    this.pool = pool;
  }

  /** Computes for a stored, packed or dense weight. */
  void run(SimdTensor input, Weight w, SimdTensor output) {
    weight = w;
    x = input.address();
    y = output.address();
    rows = input.size(0);
    pool.run(this, w.out());
  }

  @Override
  public void run(int output) {
    Weight w = Objects.requireNonNull(weight);
    int inputs = w.in();
    if (scratch.get().length < inputs) {
      scratch.set(new float[inputs]);
    }
    float[] row = scratch.get();
    decode("linear", w, output, row);
    for (int t = 0; t < rows; t++) {
      Memory.set(y + 4L * ((long) t * w.out() + output), dot(x + 4L * t * inputs, row, inputs));
    }
  }

  /** Row {@code index} of a weight. */
  static void decode(String operation, Weight w, int index, float[] row) {
    switch (w) {
      case Weight.Stored stored ->
          stored
              .format()
              .decode(stored.data(), index * stored.format().bytesFor(w.in()), row, 0, w.in());
      case Weight.Dense dense -> dense.values().copyTo(index * w.in(), row, 0, w.in());
      case Weight.LowRank lora ->
          throw new IllegalArgumentException(
              operation + ": a low-rank weight has no rows of its own");
      case Weight.Packed packed ->
          throw new IllegalArgumentException(
              "%s: the weight was packed by another backend (%s); pack it with the one that computes"
                  .formatted(operation, packed.getClass().getName()));
    }
  }

  /** Σ x[i] · row[i], by lanes, then across lanes, then the rest. */
  private static float dot(long x, float[] row, int count) {
    FloatVector sums = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      sums =
          FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER)
              .fma(FloatVector.fromArray(FLOATS, row, i), sums);
    }
    float sum = VectorMath.sum(sums);
    for (; i < count; i++) {
      sum = Math.fma(Memory.get(x + 4L * i), row[i], sum);
    }
    return sum;
  }
}
