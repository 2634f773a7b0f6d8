package ai.pollux.train.tokenizer;

import java.util.Arrays;

/**
 * All pairs that were seen side by side, numbered as they were met: how often each is there now,
 * and in which words it may be.
 */
final class Pairs {
  private static final int[] NONE = new int[0];
  private static final int FORBIDDEN = -1; // no piece may be spelled so

  private final Symbols symbols;
  private final PieceRules rules;
  private long[] keys = new long[1 << 12]; // of a slot: left and right symbol
  private int[] slots = new int[1 << 12]; // pair + 1, or 0
  private int[] lefts = new int[1 << 11];
  private int[] rights = new int[1 << 11];
  private long[] counts = new long[1 << 11];
  private int[][] words = new int[1 << 11][];
  private int[] wordCounts = new int[1 << 11]; // how many of these, or FORBIDDEN
  private int size;

  Pairs(Symbols symbols, PieceRules rules) {
    this.symbols = symbols;
    this.rules = rules;
  }

  int size() {
    return size;
  }

  int left(int pair) {
    return lefts[pair];
  }

  int right(int pair) {
    return rights[pair];
  }

  long count(int pair) {
    return counts[pair];
  }

  /** How many characters a pair's piece has. */
  int length(int pair) {
    return symbols.length(lefts[pair]) + symbols.length(rights[pair]);
  }

  /** Counts a pair in a word {@code times} more. */
  void add(int left, int right, int word, long times) {
    int pair = pair(left, right);
    int used = wordCounts[pair];
    if (used == FORBIDDEN) {
      return;
    }
    counts[pair] += times;
    int[] list = words[pair];
    if (used > 0 && list[used - 1] == word) {
      return;
    }
    if (used == list.length) {
      list = Arrays.copyOf(list, Math.max(2, used + used / 2));
      words[pair] = list;
    }
    list[used] = word;
    wordCounts[pair] = used + 1;
  }

  /** Counts a pair {@code times} less. */
  void subtract(int left, int right, long times) {
    int pair = pair(left, right);
    if (wordCounts[pair] != FORBIDDEN) {
      counts[pair] -= times;
    }
  }

  /** Ends a pair: it is in no word from now on. Returns the words in which it may have been. */
  int[] take(int pair) {
    int[] taken = Arrays.copyOf(words[pair], wordCounts[pair]);
    counts[pair] = 0;
    words[pair] = NONE;
    wordCounts[pair] = 0;
    return taken;
  }

  private int pair(int left, int right) {
    long key = ((long) left << 32) | right;
    int mask = slots.length - 1;
    int slot = slot(key, mask);
    while (slots[slot] != 0) {
      if (keys[slot] == key) {
        return slots[slot] - 1;
      }
      slot = (slot + 1) & mask;
    }
    append(left, right);
    keys[slot] = key;
    slots[slot] = size;
    if (size * 2 > slots.length) {
      rehash();
    }
    return size - 1;
  }

  private void append(int left, int right) {
    if (size == lefts.length) {
      lefts = Arrays.copyOf(lefts, size * 2);
      rights = Arrays.copyOf(rights, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
      words = Arrays.copyOf(words, size * 2);
      wordCounts = Arrays.copyOf(wordCounts, size * 2);
    }
    lefts[size] = left;
    rights[size] = right;
    words[size] = NONE;
    wordCounts[size] = rules.allows(symbols.joined(left, right)) ? 0 : FORBIDDEN;
    size++;
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    keys = new long[slots.length];
    int mask = slots.length - 1;
    for (int pair = 0; pair < size; pair++) {
      long key = ((long) lefts[pair] << 32) | rights[pair];
      int slot = slot(key, mask);
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = pair + 1;
      keys[slot] = key;
    }
  }

  private static int slot(long key, int mask) {
    long hash = key * 0x9E3779B97F4A7C15L;
    return (int) (hash >>> 32) & mask;
  }
}
