package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import ai.pollux.tensor.Past;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/** Attention to the rows just before, with a key for each distance; row by row, head by head. */
final class RelativeAttentionKernel implements RangeKernel {
  private final Split split;
  private @Nullable Past past;
  private int heads;
  private int headSize;
  private int window;
  private float softcap;
  private long q;
  private long k;
  private long v;
  private long distances;
  private long scores;
  private long out;

  RelativeAttentionKernel(WorkerPool pool) {
    split = new Split(pool);
  }

  /**
   * Computes it.
   *
   * @param room [T, H, N], for the kernel's own use
   */
  void run(
      SimdTensor queries,
      SimdTensor keys,
      SimdTensor values,
      SimdTensor relative,
      float cap,
      Past sequences,
      SimdTensor room,
      SimdTensor result) {
    past = sequences;
    heads = queries.size(1);
    headSize = queries.size(2);
    window = relative.size(0);
    softcap = cap;
    q = queries.address();
    k = keys.address();
    v = values.address();
    distances = relative.address();
    scores = room.address();
    out = result.address();
    split.rows(this, queries.size(0), 2 * window * heads * headSize);
  }

  @Override
  public void range(int from, int end) {
    Past sequences = past;
    if (sequences == null) {
      return;
    }
    int sequence = 0;
    for (int row = from; row < end; row++) {
      while (sequences.firstRow(sequence + 1) <= row) {
        sequence++;
      }
      int seen = Math.min(window, row - sequences.firstRow(sequence) + 1);
      for (int head = 0; head < heads; head++) {
        head(row, head, seen);
      }
    }
  }

  private void head(int row, int head, int seen) {
    long rowBytes = 4L * heads * headSize;
    long at = row * rowBytes + 4L * head * headSize;
    long relative = distances + 4L * head * headSize;
    long shares = scores + 4L * window * ((long) row * heads + head);
    float max = Float.NEGATIVE_INFINITY;
    for (int d = 0; d < seen; d++) {
      float score = score(q + at, k + at - d * rowBytes, relative + d * rowBytes, headSize);
      if (softcap > 0) {
        score = (float) (softcap * Math.tanh((double) score / softcap));
      }
      max = Math.max(max, score);
      Memory.set(shares + 4L * d, score);
    }
    float sum = 0;
    for (int d = 0; d < seen; d++) {
      float share = (float) Math.exp((double) Memory.get(shares + 4L * d) - max);
      sum += share;
      Memory.set(shares + 4L * d, share);
    }
    mix(shares, v + at, rowBytes, seen, 1 / sum, out + at);
  }

  /** Σ q[i] · (key[i] + relative[i]), by lanes, then across lanes, then the rest. */
  private static float score(long query, long key, long relative, int count) {
    FloatVector sums = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector both =
          FloatVector.fromMemorySegment(FLOATS, ALL, key + 4L * i, ORDER)
              .add(FloatVector.fromMemorySegment(FLOATS, ALL, relative + 4L * i, ORDER));
      sums = FloatVector.fromMemorySegment(FLOATS, ALL, query + 4L * i, ORDER).fma(both, sums);
    }
    float sum = VectorMath.sum(sums);
    for (; i < count; i++) {
      float both = Memory.get(key + 4L * i) + Memory.get(relative + 4L * i);
      sum = Math.fma(Memory.get(query + 4L * i), both, sum);
    }
    return sum;
  }

  /** target[i] = factor · Σ shares[d] · values[i, d rows back]. */
  private void mix(long shares, long values, long back, int seen, float factor, long target) {
    int i = 0;
    for (; i <= headSize - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector sum = FloatVector.zero(FLOATS);
      for (int d = 0; d < seen; d++) {
        sum =
            FloatVector.broadcast(FLOATS, Memory.get(shares + 4L * d))
                .fma(
                    FloatVector.fromMemorySegment(FLOATS, ALL, values + 4L * i - d * back, ORDER),
                    sum);
      }
      sum.mul(factor).intoMemorySegment(ALL, target + 4L * i, ORDER);
    }
    for (; i < headSize; i++) {
      float sum = 0;
      for (int d = 0; d < seen; d++) {
        sum = Math.fma(Memory.get(shares + 4L * d), Memory.get(values + 4L * i - d * back), sum);
      }
      Memory.set(target + 4L * i, sum * factor);
    }
  }
}
