package ai.pollux.content.tokenizer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the ids of short chunks, words mostly: a fixed number of slots, the newest chunk stays.
 * Threads share the slots without locks: an entry never changes, and a lost update costs time only.
 */
final class CachedSegmenter implements Segmenter {
  private static final int SLOTS = 1 << 14;
  private static final int LONGEST = 32;

  private final Segmenter segmenter;
  private final @Nullable Entry[] entries = new @Nullable Entry[SLOTS];

  private record Entry(int hash, char[] chunk, int[] ids) {}

  CachedSegmenter(Segmenter segmenter) {
    this.segmenter = segmenter;
  }

  @Override
  public void segment(char[] text, int start, int end, IntList ids) {
    if (end - start > LONGEST) {
      segmenter.segment(text, start, end, ids);
      return;
    }
    int hash = hash(text, start, end);
    int slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    Entry entry = entries[slot];
    if (entry == null
        || entry.hash != hash
        || !Arrays.equals(entry.chunk, 0, entry.chunk.length, text, start, end)) {
      IntList found = new IntList(end - start);
      segmenter.segment(text, start, end, found);
      entry = new Entry(hash, Arrays.copyOfRange(text, start, end), found.toArray());
      entries[slot] = entry;
    }
    ids.addAll(entry.ids);
  }

  private static int hash(char[] text, int start, int end) {
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = (hash + text[i]) * 0x9E3779B1;
    }
    return hash;
  }
}
