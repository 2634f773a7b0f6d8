package ai.pollux.train.tokenizer;

import java.util.Arrays;

/**
 * Finds the pair to join next: the most frequent; of these the shortest; of these the one whose
 * spelling comes first; of these (the same spelling, cut elsewhere) the one with the shorter left
 * side. A binary heap in which a pair keeps the count that it had when it was put there. Counts
 * only fall, so a pair that comes up with an outdated one is put back with the new.
 */
final class PairQueue {
  private final Pairs pairs;
  private final Symbols symbols;
  private int[] heap = new int[1 << 11];
  private long[] counts = new long[1 << 11]; // beside heap
  private int size;

  PairQueue(Pairs pairs, Symbols symbols) {
    this.pairs = pairs;
    this.symbols = symbols;
  }

  /** Puts a pair in, if it is anywhere. */
  void add(int pair) {
    long count = pairs.count(pair);
    if (count <= 0) {
      return;
    }
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    int at = size++;
    while (at > 0 && before(pair, count, heap[(at - 1) / 2], counts[(at - 1) / 2])) {
      heap[at] = heap[(at - 1) / 2];
      counts[at] = counts[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    heap[at] = pair;
    counts[at] = count;
  }

  /** Takes the pair to join next; -1 where none is left. */
  int poll() {
    while (size > 0) {
      int pair = heap[0];
      long count = pairs.count(pair);
      if (count == counts[0]) {
        removeFirst();
        return pair;
      }
      if (count == 0) {
        removeFirst();
      } else {
        sink(pair, count);
      }
    }
    return -1;
  }

  private void removeFirst() {
    size--;
    if (size > 0) {
      sink(heap[size], counts[size]);
    }
  }

  /** Replaces the first. */
  private void sink(int pair, long count) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size
          && before(heap[child + 1], counts[child + 1], heap[child], counts[child])) {
        child++;
      }
      if (!before(heap[child], counts[child], pair, count)) {
        break;
      }
      heap[at] = heap[child];
      counts[at] = counts[child];
      at = child;
    }
    heap[at] = pair;
    counts[at] = count;
  }

  private boolean before(int pair, long count, int other, long otherCount) {
    if (count != otherCount) {
      return count > otherCount;
    }
    int length = pairs.length(pair);
    int otherLength = pairs.length(other);
    if (length != otherLength) {
      return length < otherLength;
    }
    int spelled =
        symbols.compare(pairs.left(pair), pairs.right(pair), pairs.left(other), pairs.right(other));
    return spelled != 0
        ? spelled < 0
        : symbols.length(pairs.left(pair)) < symbols.length(pairs.left(other));
  }
}
