package ai.pollux.train.tokenizer;

import java.util.Arrays;

/** How often each character was seen. */
final class CharacterCounts {
  private long[] counts = new long[1 << 8];

  /** Counts a character {@code times} more. */
  void add(int character, long times) {
    if (character >= counts.length) {
      counts = Arrays.copyOf(counts, Integer.highestOneBit(character) * 2);
    }
    counts[character] += times;
  }

  void addAll(CharacterCounts other) {
    for (int each = 0; each < other.counts.length; each++) {
      if (other.counts[each] > 0) {
        add(each, other.counts[each]);
      }
    }
  }

  /** Counts the characters of a chunk of a table {@code times} more. */
  void addChunk(ChunkTable table, int chunk, long times) {
    char[] text = table.characters();
    for (int i = table.start(chunk); i < table.end(chunk); ) {
      int character = Character.codePointAt(text, i, table.end(chunk));
      add(character, times);
      i += Character.charCount(character);
    }
  }

  long count(int character) {
    return character < counts.length ? counts[character] : 0;
  }

  /** One more than the largest character seen. */
  int limit() {
    return counts.length;
  }
}
