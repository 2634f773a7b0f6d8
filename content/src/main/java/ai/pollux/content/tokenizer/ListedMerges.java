package ai.pollux.content.tokenizer;

import java.util.Arrays;

/** Merges that a file lists, the first line first. Of equal pairs the first counts. */
final class ListedMerges implements Merges {
  private final long[] pairs;
  private final int[] ranks;
  private final int[] merged;
  private final int mask;

  /**
   * @param lefts the left symbol of each line
   * @param rights the right symbol of each line
   * @param merged what they become
   */
  ListedMerges(int[] lefts, int[] rights, int[] merged) {
    this.merged = merged;
    int capacity = Math.max(16, Integer.highestOneBit(Math.max(lefts.length, 1)) * 4);
    pairs = new long[capacity];
    ranks = new int[capacity];
    mask = capacity - 1;
    Arrays.fill(pairs, -1);
    for (int rank = 0; rank < lefts.length; rank++) {
      long pair = pair(lefts[rank], rights[rank]);
      int slot = slot(pair);
      while (pairs[slot] != -1 && pairs[slot] != pair) {
        slot = (slot + 1) & mask;
      }
      if (pairs[slot] == -1) {
        pairs[slot] = pair;
        ranks[slot] = rank;
      }
    }
  }

  @Override
  public long find(int left, int right) {
    if ((left | right) < 0) {
      return NONE;
    }
    long pair = pair(left, right);
    int slot = slot(pair);
    while (pairs[slot] != -1) {
      if (pairs[slot] == pair) {
        int rank = ranks[slot];
        return Merges.merge(rank, merged[rank]);
      }
      slot = (slot + 1) & mask;
    }
    return NONE;
  }

  private static long pair(int left, int right) {
    return ((long) left << 32) | right;
  }

  private int slot(long pair) {
    return (int) ((pair * 0x9E3779B97F4A7C15L) >>> 32) & mask;
  }
}
