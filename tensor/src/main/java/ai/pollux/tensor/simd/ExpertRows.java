package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import java.util.Objects;
import jdk.incubator.vector.FloatVector;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a step go to which expert: takes them together before the expert computes, and adds
 * its results, times the rows' shares, afterwards. A row's sum goes over its experts in order, so
 * that it does not depend on the other rows.
 */
final class ExpertRows {
  private int[] rows = new int[16];
  private int count;
  private long x;
  private long shares;
  private int experts;
  private int width;
  private @Nullable SimdTensor out;

  /**
   * Starts a call.
   *
   * @param input [T, D]
   * @param routing [T, E]
   * @param sums [T, D], zeros
   */
  void begin(SimdTensor input, SimdTensor routing, SimdTensor sums) {
    x = input.address();
    width = input.size(1);
    shares = routing.address();
    experts = routing.size(1);
    out = sums;
    if (rows.length < input.size(0)) {
      rows = new int[input.size(0)];
    }
  }

  /** Finds the rows whose share of an expert is not 0, and counts them. */
  int route(int expert) {
    count = 0;
    int total = Objects.requireNonNull(out).size(0);
    for (int row = 0; row < total; row++) {
      if (share(row, expert) != 0) {
        rows[count++] = row;
      }
    }
    return count;
  }

  /** target[r] = x[row r of the expert]. */
  void gather(SimdTensor target) {
    for (int r = 0; r < count; r++) {
      Memory.copy(x + 4L * rows[r] * width, target.address() + 4L * r * width, 4L * width);
    }
  }

  /** sums[row r of the expert] += share · part[r]. */
  void scatter(SimdTensor part, int expert) {
    long sums = Objects.requireNonNull(out).address();
    for (int r = 0; r < count; r++) {
      long from = part.address() + 4L * r * width;
      addTimes(share(rows[r], expert), from, sums + 4L * rows[r] * width, width);
    }
  }

  private float share(int row, int expert) {
    return Memory.get(shares + 4L * ((long) row * experts + expert));
  }

  /** to[i] += factor · from[i]. */
  private static void addTimes(float factor, long from, long to, int count) {
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      FloatVector sum =
          FloatVector.fromMemorySegment(FLOATS, ALL, from + 4L * i, ORDER)
              .mul(factor)
              .add(FloatVector.fromMemorySegment(FLOATS, ALL, to + 4L * i, ORDER));
      sum.intoMemorySegment(ALL, to + 4L * i, ORDER);
    }
    for (; i < count; i++) {
      Memory.set(to + 4L * i, factor * Memory.get(from + 4L * i) + Memory.get(to + 4L * i));
    }
  }
}
