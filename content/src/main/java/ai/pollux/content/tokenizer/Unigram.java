package ai.pollux.content.tokenizer;

import java.util.Arrays;

/**
 * SentencePiece's unigram model: of all ways to cut a chunk into pieces, the one with the highest
 * sum of scores (Viterbi). A character without a piece costs 10 more than the worst piece. <a
 * href="https://arxiv.org/abs/1804.10959">Subword Regularization</a>, section 3.2.
 */
final class Unigram implements Segmenter {
  private static final float UNKNOWN_PENALTY = 10;

  private final Vocabulary vocabulary;
  private final float[] scores;
  private final CharTrie trie = new CharTrie();
  private final Fallback fallback;
  private final float unknownScore;
  private final float highest;

  Unigram(Vocabulary vocabulary, float[] scores, Fallback fallback) {
    this.vocabulary = vocabulary;
    this.scores = scores.clone();
    this.fallback = fallback;
    float lowest = Float.MAX_VALUE;
    float best = -Float.MAX_VALUE;
    for (int id = 0; id < vocabulary.size(); id++) {
      PieceType type = vocabulary.type(id);
      if (type == PieceType.NORMAL) {
        lowest = Math.min(lowest, scores[id]);
        best = Math.max(best, scores[id]);
      }
      if ((type == PieceType.NORMAL || type == PieceType.USER_DEFINED)
          && !vocabulary.piece(id).isEmpty()) {
        trie.add(vocabulary.piece(id), id);
      }
    }
    unknownScore = lowest - UNKNOWN_PENALTY;
    highest = best;
  }

  @Override
  public void segment(char[] text, int start, int end, IntList ids) {
    int length = end - start;
    float[] best = new float[length + 1];
    int[] from = new int[length + 1]; // where the best last piece begins
    int[] last = new int[length + 1]; // its id, or -1
    Arrays.fill(from, -1);
    from[0] = 0;
    for (int at = 0; at < length; ) {
      int character =
          Character.isHighSurrogate(text[start + at]) && at + 1 < length ? at + 2 : at + 1;
      boolean known = extend(text, start, at, character, best, from, last);
      float unknown = best[at] + unknownScore;
      if (!known && (from[character] < 0 || unknown > best[character])) {
        best[character] = unknown;
        from[character] = at;
        last[character] = -1;
      }
      at = character;
    }
    emit(text, start, length, from, last, ids);
  }

  /** Tries every piece that begins at {@code at}; whether one spells the first character alone. */
  private boolean extend(
      char[] text, int start, int at, int character, float[] best, int[] from, int[] last) {
    boolean known = false;
    int node = CharTrie.ROOT;
    for (int to = at; to < best.length - 1; ) {
      node = trie.step(node, text[start + to]);
      if (node < 0) {
        break;
      }
      to++;
      int id = trie.value(node);
      if (id >= 0) {
        // Added in double, kept in float, as SentencePiece does: that decides between equal sums.
        double sum = score(id) + best[at];
        if (from[to] < 0 || sum > best[to]) {
          best[to] = (float) sum;
          from[to] = at;
          last[to] = id;
        }
        known |= to == character;
      }
    }
    return known;
  }

  /** A user-defined piece wins against every way to cut it, by its length. */
  private double score(int id) {
    return vocabulary.type(id) == PieceType.USER_DEFINED
        ? vocabulary.bytes(id).length * highest - 0.1
        : scores[id];
  }

  private void emit(char[] text, int start, int length, int[] from, int[] last, IntList ids) {
    IntList ends = new IntList(length / 2);
    for (int at = length; at > 0; at = from[at]) {
      ends.add(at);
    }
    boolean unknownBefore = false;
    for (int i = ends.size() - 1; i >= 0; i--) {
      int end = ends.get(i);
      if (last[end] >= 0) {
        ids.add(last[end]);
        unknownBefore = false;
      } else {
        String character = new String(text, start + from[end], end - from[end]);
        unknownBefore = fallback.emit(character, unknownBefore, ids);
      }
    }
  }
}
