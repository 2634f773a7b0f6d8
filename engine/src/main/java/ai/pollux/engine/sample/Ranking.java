package ai.pollux.engine.sample;

import java.util.Arrays;

/**
 * The best tokens of a row of scores in order: higher scores first, of equal ones the lower id. A
 * token is one long, its score above its id, so that comparing longs compares ranks. NaN is no
 * score. Room for a whole vocabulary, reused.
 */
final class Ranking {
  private final long[] entries;
  private int count;

  Ranking(int vocabulary) {
    entries = new long[vocabulary];
  }

  /** How many tokens are ranked. */
  int count() {
    return count;
  }

  /** The token of a rank, 0 for the best. */
  int token(int rank) {
    return ~(int) entries[count - 1 - rank];
  }

  /** Ranks the {@code limit} best tokens. */
  void best(float[] scores, int limit) {
    count = 0;
    if (limit == 0) {
      return;
    }
    int id = 0;
    for (; id < scores.length && count < limit; id++) {
      if (!Float.isNaN(scores[id])) {
        entries[count++] = entry(scores[id], id);
      }
    }
    for (int i = count / 2 - 1; i >= 0; i--) {
      sift(i);
    }
    float worst = count == 0 ? 0 : scores[~(int) entries[0]];
    for (; id < scores.length; id++) {
      if (scores[id] > worst) {
        entries[0] = entry(scores[id], id);
        sift(0);
        worst = scores[~(int) entries[0]];
      }
    }
    Arrays.sort(entries, 0, count);
  }

  /** Ranks all tokens whose weight is at least {@code least}. */
  void atLeast(float[] scores, float[] weights, double least) {
    count = 0;
    for (int id = 0; id < scores.length; id++) {
      if (weights[id] >= least) {
        entries[count++] = entry(scores[id], id);
      }
    }
    Arrays.sort(entries, 0, count);
  }

  /** Moves an entry down the heap whose least entry is on top. */
  private void sift(int at) {
    long entry = entries[at];
    while (2 * at + 1 < count) {
      int child = 2 * at + 1;
      if (child + 1 < count && entries[child + 1] < entries[child]) {
        child++;
      }
      if (entry <= entries[child]) {
        break;
      }
      entries[at] = entries[child];
      at = child;
    }
    entries[at] = entry;
  }

  private static long entry(float score, int id) {
    int bits = Float.floatToIntBits(score + 0f); // + 0f: -0 and 0 are equal scores
    int ordered = bits ^ (bits >> 31 & Integer.MAX_VALUE);
    return (long) ordered << 32 | (~id & 0xFFFF_FFFFL);
  }
}
