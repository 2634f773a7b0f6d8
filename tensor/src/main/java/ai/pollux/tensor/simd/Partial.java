package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;

/**
 * What a part of the positions gives to some queries: in memory, per query {@code width} mixed
 * values, then the largest score of every query, then the sums of their shares. Shares are e^(score
 * - largest); a query that sees none of the positions has largest = -∞.
 */
final class Partial {
  private Partial() {}

  static long bytes(int queries, int width) {
    return 4L * queries * (width + 2);
  }

  static long mix(long partial, int query, int width) {
    return partial + 4L * query * width;
  }

  static long largest(long partial, int queries, int width, int query) {
    return partial + 4L * queries * width + 4L * query;
  }

  static long sum(long partial, int queries, int width, int query) {
    return largest(partial, queries, width, query) + 4L * queries;
  }

  /** Stands for no positions. */
  static void clear(long partial, int queries, int width) {
    for (int m = 0; m < queries; m++) {
      Memory.set(largest(partial, queries, width, m), Float.NEGATIVE_INFINITY);
      Memory.set(sum(partial, queries, width, m), 0);
    }
  }

  /**
   * Adds the positions of {@code next}, which come later, to those of {@code total}, for the first
   * {@code used} queries.
   */
  static void merge(long total, long next, int used, int queries, int width) {
    for (int m = 0; m < used; m++) {
      long largest = largest(total, queries, width, m);
      float before = Memory.get(largest);
      float added = Memory.get(largest(next, queries, width, m));
      // A query that sees nothing of the next positions is left as it is, to the bit.
      if (added != Float.NEGATIVE_INFINITY) {
        float now = Math.max(before, added);
        float keep = before == now ? 1 : (float) Math.exp(before - now);
        float take = added == now ? 1 : (float) Math.exp(added - now);
        long sum = sum(total, queries, width, m);
        float other = Memory.get(sum(next, queries, width, m));
        Memory.set(largest, now);
        Memory.set(sum, Memory.get(sum) * keep + other * take);
        if (before == Float.NEGATIVE_INFINITY) {
          Memory.copy(mix(next, m, width), mix(total, m, width), 4L * width);
        } else {
          blend(mix(total, m, width), keep, mix(next, m, width), take, width);
        }
      }
    }
  }

  /** a[i] = a[i] · keep + b[i] · take. */
  private static void blend(long a, float keep, long b, float take, int count) {
    FloatVector scale = FloatVector.broadcast(FLOATS, take);
    for (int i = 0; i < count; i += Lanes.COUNT) {
      FloatVector kept = FloatVector.fromMemorySegment(FLOATS, ALL, a + 4L * i, ORDER).mul(keep);
      FloatVector.fromMemorySegment(FLOATS, ALL, b + 4L * i, ORDER)
          .fma(scale, kept)
          .intoMemorySegment(ALL, a + 4L * i, ORDER);
    }
  }
}
