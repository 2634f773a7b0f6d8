package ai.pollux.train.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The chunks as runs of symbols, one after the other in one array; joining a pair shortens a run in
 * place. Their order, which the threads that counted them decide, changes nothing: {@link
 * PairQueue} compares counts and spellings alone.
 */
final class Words {
  private static final int BYTES = -1; // a character that no piece has

  private final Map<Integer, Integer> symbolOf = new HashMap<>();
  private int[] symbols = new int[1 << 12];
  private int[] starts = new int[1 << 10];
  private int[] ends = new int[1 << 10];
  private long[] counts = new long[1 << 10];
  private int used;
  private int size;

  Words(ChunkTable chunks, List<Integer> characters) {
    for (int i = 0; i < characters.size(); i++) {
      symbolOf.put(characters.get(i), i);
    }
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      add(chunks, chunk);
    }
  }

  /** Counts all pairs, overlapping ones too. */
  void countPairs(Pairs pairs) {
    for (int word = 0; word < size; word++) {
      for (int i = starts[word] + 1; i < ends[word]; i++) {
        pairs.add(symbols[i - 1], symbols[i], word, counts[word]);
      }
    }
  }

  /**
   * Replaces {@code left right} by {@code joined} in a word, from the start on, and tells {@code
   * pairs} which neighbours came and went.
   */
  void join(int word, int left, int right, int joined, Pairs pairs) {
    long count = counts[word];
    int end = ends[word];
    int to = starts[word];
    int before = -1; // the symbol that stood in front of i
    boolean behindJoined = false;
    for (int i = to; i < end; ) {
      int each = symbols[i];
      boolean joins = each == left && i + 1 < end && symbols[i + 1] == right;
      if (before >= 0 && (joins || behindJoined)) {
        if (before != left || each != right) { // those are gone anyway
          pairs.subtract(before, each, count);
        }
        pairs.add(symbols[to - 1], joins ? joined : each, word, count);
      }
      symbols[to++] = joins ? joined : each;
      before = joins ? right : each;
      behindJoined = joins;
      i += joins ? 2 : 1;
    }
    ends[word] = to;
  }

  private void add(ChunkTable chunks, int chunk) {
    char[] text = chunks.characters();
    int begun = used;
    for (int i = chunks.start(chunk); i < chunks.end(chunk); ) {
      int character = Character.codePointAt(text, i, chunks.end(chunk));
      i += Character.charCount(character);
      int symbol = symbolOf.getOrDefault(character, BYTES);
      if (symbol == BYTES) {
        finish(begun, chunks.count(chunk));
        begun = used;
      } else {
        if (used == symbols.length) {
          symbols = Arrays.copyOf(symbols, used * 2);
        }
        symbols[used++] = symbol;
      }
    }
    finish(begun, chunks.count(chunk));
  }

  private void finish(int start, long count) {
    if (used - start < 2) {
      used = start;
      return;
    }
    if (size == starts.length) {
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      counts = Arrays.copyOf(counts, size * 2);
    }
    starts[size] = start;
    ends[size] = used;
    counts[size] = count;
    size++;
  }
}
