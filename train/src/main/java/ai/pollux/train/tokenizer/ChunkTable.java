package ai.pollux.train.tokenizer;

import java.util.Arrays;

/**
 * How often each chunk was seen: a hash table of character runs, which lie one after the other in
 * one array.
 */
final class ChunkTable {
  private char[] characters = new char[1 << 12];
  private int[] ends = new int[1 << 8]; // of chunk i in characters; it begins where i - 1 ends
  private int[] hashes = new int[1 << 8];
  private long[] counts = new long[1 << 8];
  private int[] slots = new int[1 << 9]; // chunk + 1, or 0
  private int size;

  /** How many different chunks there are. */
  int size() {
    return size;
  }

  long count(int chunk) {
    return counts[chunk];
  }

  int start(int chunk) {
    return chunk == 0 ? 0 : ends[chunk - 1];
  }

  int end(int chunk) {
    return ends[chunk];
  }

  /** Where the characters of all chunks lie; read only. */
  char[] characters() {
    return characters;
  }

  /** Counts {@code text[start..end)} {@code times} more. */
  void add(char[] text, int start, int end, long times) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + text[i];
    }
    add(text, start, end, hash * 0x9E3779B9, times);
  }

  /** Counts all chunks of another table. */
  void addAll(ChunkTable other) {
    for (int i = 0; i < other.size; i++) {
      add(other.characters, other.start(i), other.ends[i], other.hashes[i], other.counts[i]);
    }
  }

  private void add(char[] text, int start, int end, int hash, long times) {
    int mask = slots.length - 1;
    int slot = (hash ^ (hash >>> 15)) & mask;
    while (slots[slot] != 0) {
      int chunk = slots[slot] - 1;
      if (hashes[chunk] == hash
          && Arrays.equals(characters, start(chunk), ends[chunk], text, start, end)) {
        counts[chunk] += times;
        return;
      }
      slot = (slot + 1) & mask;
    }
    append(text, start, end, hash, times);
    slots[slot] = size;
    if (size * 2 > slots.length) {
      rehash();
    }
  }

  private void append(char[] text, int start, int end, int hash, long times) {
    int from = size == 0 ? 0 : ends[size - 1];
    if (from + (end - start) > characters.length) {
      characters = Arrays.copyOf(characters, grown(characters.length, from, end - start));
    }
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      hashes = Arrays.copyOf(hashes, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    System.arraycopy(text, start, characters, from, end - start);
    ends[size] = from + end - start;
    hashes[size] = hash;
    counts[size] = times;
    size++;
  }

  private static int grown(int capacity, int used, int more) {
    long wanted = Math.max(capacity * 2L, (long) used + more);
    long most = Integer.MAX_VALUE - 8L;
    if ((long) used + more > most) {
      throw new TokenizerTrainingException(
          "counting: expected at most "
              + most
              + " characters in different chunks, found more. Set mostChunks, or learn from less"
              + " text.");
    }
    return (int) Math.min(wanted, most);
  }

  private void rehash() {
    slots = new int[slots.length * 2];
    int mask = slots.length - 1;
    for (int i = 0; i < size; i++) {
      int slot = (hashes[i] ^ (hashes[i] >>> 15)) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }
}
