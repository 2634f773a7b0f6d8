package ai.pollux.train.data.batch;

/**
 * The numbers below a size in an order that a seed decides, without a list of them: a Feistel
 * network of four rounds over the next larger power of four, walked until it lands inside (<a
 * href="https://doi.org/10.1007/3-540-45760-7_9">Black and Rogaway 2002</a>). Walking takes fewer
 * than four steps on average.
 */
record Permutation(long size, long seed) {
  private static final int ROUNDS = 4;

  Permutation {
    if (size < 1) {
      throw new IllegalArgumentException(
          "permutation: expected a size of 1 or more, found " + size);
    }
  }

  /** The number in place {@code i}. */
  long at(long i) {
    int half = Math.max(1, (65 - Long.numberOfLeadingZeros(size - 1)) / 2);
    long value = i;
    do {
      value = rounds(value, half);
    } while (Long.compareUnsigned(value, size) >= 0);
    return value;
  }

  private long rounds(long value, int half) {
    long mask = (1L << half) - 1;
    long left = value >>> half;
    long right = value & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (mix(right + mix(seed + round)) & mask);
      left = right;
      right = next;
    }
    return left << half | right;
  }

  /** SplitMix64. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
