package ai.pollux.content.tokenizer;

import java.util.Arrays;

/**
 * Byte-pair encoding of one chunk: merges the best pair of neighbours until none is left. Short
 * chunks look for it again each time; long ones keep the pairs in a heap and the symbols in a
 * linked list, so that n symbols cost O(n log n).
 */
final class PairMerger {
  private static final int SHORT = 40;

  private PairMerger() {}

  /** Merges the first {@code count} symbols in place and returns how many are left. */
  static int merge(Merges merges, int[] symbols, int count) {
    return count <= SHORT
        ? mergeShort(merges, symbols, count)
        : new LongChunk(merges, symbols).merge(count);
  }

  private static int mergeShort(Merges merges, int[] symbols, int count) {
    long[] pairs = new long[Math.max(count, 1)];
    for (int i = 0; i + 1 < count; i++) {
      pairs[i] = merges.find(symbols[i], symbols[i + 1]);
    }
    int left = count;
    while (left > 1) {
      int best = best(pairs, left - 1);
      if (pairs[best] == Merges.NONE) {
        return left;
      }
      symbols[best] = (int) pairs[best];
      left--;
      System.arraycopy(symbols, best + 2, symbols, best + 1, left - best - 1);
      System.arraycopy(pairs, best + 1, pairs, best, left - best);
      if (best + 1 < left) {
        pairs[best] = merges.find(symbols[best], symbols[best + 1]);
      }
      if (best > 0) {
        pairs[best - 1] = merges.find(symbols[best - 1], symbols[best]);
      }
    }
    return left;
  }

  private static int best(long[] pairs, int count) {
    int best = 0;
    for (int i = 1; i < count; i++) {
      if ((pairs[i] >>> 32) < (pairs[best] >>> 32)) {
        best = i;
      }
    }
    return best;
  }

  /** One long chunk. A heap entry is {@code rank << 32 | position of the left symbol}. */
  private static final class LongChunk {
    private static final int GONE = -1;

    private final Merges merges;
    private final int[] symbols;
    private final long[] pairs; // per position, with the next symbol
    private final int[] previous;
    private final int[] next;
    private long[] heap;
    private int heapSize;

    LongChunk(Merges merges, int[] symbols) {
      this.merges = merges;
      this.symbols = symbols;
      this.pairs = new long[symbols.length];
      this.previous = new int[symbols.length];
      this.next = new int[symbols.length];
      this.heap = new long[symbols.length];
    }

    int merge(int count) {
      for (int i = 0; i < count; i++) {
        previous[i] = i - 1;
        next[i] = i + 1 < count ? i + 1 : GONE;
      }
      for (int i = 0; i < count; i++) {
        pair(i);
      }
      int left = count;
      while (heapSize > 0) {
        long entry = pop();
        int position = (int) entry;
        long pair = pairs[position];
        if (pair != Merges.NONE && (pair >>> 32) == (entry >>> 32)) {
          join(position, (int) pair);
          left--;
        }
      }
      for (int from = 0, to = 0; from != GONE; from = next[from]) {
        symbols[to++] = symbols[from];
      }
      return left;
    }

    private void join(int position, int merged) {
      int right = next[position];
      symbols[position] = merged;
      pairs[right] = Merges.NONE;
      next[position] = next[right];
      if (next[right] != GONE) {
        previous[next[right]] = position;
      }
      pair(position);
      if (previous[position] != GONE) {
        pair(previous[position]);
      }
    }

    private void pair(int position) {
      int right = next[position];
      long pair = right == GONE ? Merges.NONE : merges.find(symbols[position], symbols[right]);
      pairs[position] = pair;
      if (pair != Merges.NONE) {
        push(((pair >>> 32) << 32) | position);
      }
    }

    private void push(long entry) {
      if (heapSize == heap.length) {
        heap = Arrays.copyOf(heap, heapSize * 2);
      }
      int i = heapSize++;
      while (i > 0 && heap[(i - 1) >>> 1] > entry) {
        heap[i] = heap[(i - 1) >>> 1];
        i = (i - 1) >>> 1;
      }
      heap[i] = entry;
    }

    private long pop() {
      long top = heap[0];
      long last = heap[--heapSize];
      int i = 0;
      while (2 * i + 1 < heapSize) {
        int child = 2 * i + 1;
        if (child + 1 < heapSize && heap[child + 1] < heap[child]) {
          child++;
        }
        if (heap[child] >= last) {
          break;
        }
        heap[i] = heap[child];
        i = child;
      }
      heap[i] = last;
      return top;
    }
  }
}
