package ai.pollux.engine.cache;

import java.util.Arrays;

/** Pages to copy before a step, in order. */
public final class PageCopies {
  private int[] triples = new int[24];
  private int count;

  /** How many. */
  public int count() {
    return count;
  }

  /** The group of a copy. */
  public int group(int copy) {
    return triples[3 * copy];
  }

  /** The page to read. */
  public int from(int copy) {
    return triples[3 * copy + 1];
  }

  /** The page to write. */
  public int to(int copy) {
    return triples[3 * copy + 2];
  }

  /** Forgets all. */
  public void clear() {
    count = 0;
  }

  void add(int group, int from, int to) {
    if (3 * count == triples.length) {
      triples = Arrays.copyOf(triples, 2 * triples.length);
    }
    triples[3 * count] = group;
    triples[3 * count + 1] = from;
    triples[3 * count + 2] = to;
    count++;
  }
}
