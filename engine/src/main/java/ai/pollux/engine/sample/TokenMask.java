package ai.pollux.engine.sample;

import java.util.Arrays;

/**
 * The tokens that may come next. Immutable. A few are kept as ids in order, many as bits; ids
 * beyond the bits are not allowed.
 */
public final class TokenMask {
  private static final int[] NONE = {};

  private final int[] few;
  private final long[] bits;
  private final int count;

  private TokenMask(int[] few, long[] bits, int count) {
    this.few = few;
    this.bits = bits;
    this.count = count;
  }

  /** These ids alone. */
  public static TokenMask of(int... ids) {
    int[] inOrder = Arrays.stream(ids).sorted().distinct().toArray();
    return new TokenMask(inOrder, new long[0], inOrder.length);
  }

  /** Id {@code i} where bit {@code i % 64} of word {@code i / 64} is set. Takes a copy. */
  public static TokenMask ofBits(long[] bits) {
    int count = 0;
    for (long word : bits) {
      count += Long.bitCount(word);
    }
    // As ids they take less room than as bits.
    return 2 * count < bits.length
        ? new TokenMask(ids(bits, count), new long[0], count)
        : new TokenMask(NONE, bits.clone(), count);
  }

  private static int[] ids(long[] bits, int count) {
    int[] ids = new int[count];
    int i = 0;
    for (int w = 0; w < bits.length; w++) {
      for (long word = bits[w]; word != 0; word &= word - 1) {
        ids[i++] = 64 * w + Long.numberOfTrailingZeros(word);
      }
    }
    return ids;
  }

  /** How many tokens are allowed. */
  public int count() {
    return count;
  }

  /** Whether a token is allowed. */
  public boolean allows(int token) {
    if (bits.length == 0) {
      return Arrays.binarySearch(few, token) >= 0;
    }
    return token >> 6 < bits.length && (bits[token >> 6] >>> (token & 63) & 1) != 0;
  }

  /** Sets the scores of all other tokens to negative infinity. */
  void apply(float[] scores) {
    if (bits.length == 0) {
      applyFew(scores);
    } else {
      applyBits(scores);
    }
  }

  private void applyFew(float[] scores) {
    int from = 0;
    for (int id : few) {
      Arrays.fill(scores, from, id, Float.NEGATIVE_INFINITY);
      from = id + 1;
    }
    Arrays.fill(scores, from, scores.length, Float.NEGATIVE_INFINITY);
  }

  private void applyBits(float[] scores) {
    for (int w = 0; w < bits.length; w++) {
      int from = 64 * w;
      int to = Math.min(from + 64, scores.length);
      if (bits[w] == 0) {
        Arrays.fill(scores, Math.min(from, to), to, Float.NEGATIVE_INFINITY);
      } else if (bits[w] != -1) {
        for (int id = from; id < to; id++) {
          if ((bits[w] >>> id & 1) == 0) { // a shift of a long takes its distance modulo 64
            scores[id] = Float.NEGATIVE_INFINITY;
          }
        }
      }
    }
    int rest = Math.min(64 * bits.length, scores.length);
    Arrays.fill(scores, rest, scores.length, Float.NEGATIVE_INFINITY);
  }
}
