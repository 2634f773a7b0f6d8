package ai.pollux.content.tokenizer;

import java.util.Arrays;

/** Spellings by their first characters: which of them begin at a place of a text. */
final class CharTrie {
  /** Where every walk begins. */
  static final int ROOT = 0;

  private long[] keys = new long[64]; // node << 16 | character
  private int[] children = new int[64];
  private int edges;
  private final IntList values = new IntList(64); // per node: what ends there, or -1
  private final long[] firsts = new long[1024]; // one bit per character that begins a spelling

  CharTrie() {
    Arrays.fill(keys, -1);
    values.add(-1);
  }

  /** Adds a spelling, not empty; of equal spellings the first counts. */
  CharTrie add(String spelling, int value) {
    int node = ROOT;
    for (int i = 0; i < spelling.length(); i++) {
      int child = step(node, spelling.charAt(i));
      node = child >= 0 ? child : grow(node, spelling.charAt(i));
    }
    if (values.get(node) < 0) {
      values.set(node, value);
      firsts[spelling.charAt(0) >> 6] |= 1L << spelling.charAt(0);
    }
    return this;
  }

  boolean isEmpty() {
    return edges == 0;
  }

  /** Whether any spelling begins with this character. */
  boolean begins(char first) {
    return (firsts[first >> 6] & (1L << first)) != 0;
  }

  /** The node after one more character, or -1. */
  int step(int node, char next) {
    long key = ((long) node << 16) | next;
    int slot = slot(key);
    while (keys[slot] != -1) {
      if (keys[slot] == key) {
        return children[slot];
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    return -1;
  }

  /** The value of the spelling that ends at a node, or -1. */
  int value(int node) {
    return values.get(node);
  }

  /** The length of the longest spelling that begins at {@code start}, or 0. */
  int longest(String text, int start) {
    int longest = 0;
    int node = ROOT;
    for (int i = start; i < text.length(); i++) {
      node = step(node, text.charAt(i));
      if (node < 0) {
        break;
      }
      if (value(node) >= 0) {
        longest = i + 1 - start;
      }
    }
    return longest;
  }

  /** The value of the spelling {@code text[start..end)}, which must be one. */
  int valueOf(String text, int start, int end) {
    int node = ROOT;
    for (int i = start; i < end; i++) {
      node = step(node, text.charAt(i));
    }
    return value(node);
  }

  private int grow(int node, char next) {
    if (edges * 2 >= keys.length) {
      long[] oldKeys = keys;
      int[] oldChildren = children;
      keys = new long[oldKeys.length * 2];
      children = new int[oldKeys.length * 2];
      Arrays.fill(keys, -1);
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != -1) {
          put(oldKeys[i], oldChildren[i]);
        }
      }
    }
    int child = values.size();
    values.add(-1);
    put(((long) node << 16) | next, child);
    edges++;
    return child;
  }

  private void put(long key, int child) {
    int slot = slot(key);
    while (keys[slot] != -1) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    children[slot] = child;
  }

  private int slot(long key) {
    return (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & (keys.length - 1);
  }
}
