package ai.pollux.content.tokenizer;

import java.util.Arrays;

/**
 * From a spelling to its number, also for two spellings put together without building the string:
 * the hash is h(s) = Σ sᵢ·Bⁿ⁻¹⁻ⁱ (mod 2⁶⁴), so h(ab) = h(a)·B^|b| + h(b). Every hit is compared
 * character by character. Of equal spellings the first counts; empty ones are not found.
 */
final class PieceIndex {
  private static final long BASE = 0x9E3779B97F4A7C15L;

  private final String[] pieces;
  private final long[] hashes;
  private final long[] powers;
  private final int[] table;
  private final int mask;

  PieceIndex(String[] pieces) {
    this.pieces = pieces;
    hashes = new long[pieces.length];
    int longest = 0;
    for (String piece : pieces) {
      longest = Math.max(longest, piece.length());
    }
    powers = new long[longest + 1];
    powers[0] = 1;
    for (int i = 1; i <= longest; i++) {
      powers[i] = powers[i - 1] * BASE;
    }
    table = new int[Math.max(16, Integer.highestOneBit(Math.max(pieces.length, 1)) * 4)];
    mask = table.length - 1;
    Arrays.fill(table, -1);
    for (int id = 0; id < pieces.length; id++) {
      add(id);
    }
  }

  /** The number of a spelling, or -1. */
  int find(String piece) {
    long hash = hash(piece);
    for (int slot = slot(hash); table[slot] >= 0; slot = (slot + 1) & mask) {
      int id = table[slot];
      if (hashes[id] == hash && pieces[id].equals(piece)) {
        return id;
      }
    }
    return -1;
  }

  /** The number of spelling {@code left} followed by spelling {@code right}, or -1. */
  int findJoined(int left, int right) {
    String first = pieces[left];
    String second = pieces[right];
    int length = first.length() + second.length();
    if (length >= powers.length) {
      return -1;
    }
    long hash = hashes[left] * powers[second.length()] + hashes[right];
    for (int slot = slot(hash); table[slot] >= 0; slot = (slot + 1) & mask) {
      int id = table[slot];
      if (hashes[id] == hash) {
        String piece = pieces[id];
        if (piece.length() == length && piece.startsWith(first) && piece.endsWith(second)) {
          return id;
        }
      }
    }
    return -1;
  }

  private void add(int id) {
    String piece = pieces[id];
    if (piece.isEmpty()) {
      return;
    }
    long hash = hash(piece);
    hashes[id] = hash;
    int slot = slot(hash);
    while (table[slot] >= 0) {
      int other = table[slot];
      if (hashes[other] == hash && pieces[other].equals(piece)) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = id;
  }

  private int slot(long hash) {
    return (int) ((hash * 0xD6E8FEB86659FD93L) >>> 32) & mask;
  }

  private static long hash(String piece) {
    long hash = 0;
    for (int i = 0; i < piece.length(); i++) {
      hash = hash * BASE + piece.charAt(i);
    }
    return hash;
  }
}
