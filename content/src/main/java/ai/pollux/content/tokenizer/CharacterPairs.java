package ai.pollux.content.tokenizer;

import java.util.Arrays;

/** Byte-pair encoding over characters, as SentencePiece does it. */
final class CharacterPairs {
  private CharacterPairs() {}

  /** Merges whatever is a piece, the highest score first. */
  static Segmenter scored(Vocabulary pieces, float[] scores, Fallback fallback) {
    Vocabulary vocabulary = pieces.withInnerCharacters();
    float[] mergeable = Arrays.copyOf(scores, vocabulary.symbols().length);
    for (int id = 0; id < mergeable.length; id++) {
      boolean merges = id < vocabulary.size() && vocabulary.isText(id);
      mergeable[id] = merges ? mergeable[id] : Float.NaN;
    }
    return pairs(vocabulary, new ScoredMerges(vocabulary.index(), mergeable), fallback);
  }

  /** Merges what a file lists. */
  static Segmenter listed(Vocabulary vocabulary, Merges merges, Fallback fallback) {
    return pairs(vocabulary, merges, fallback);
  }

  private static Segmenter pairs(Vocabulary vocabulary, Merges merges, Fallback fallback) {
    boolean[] known = new boolean[vocabulary.symbols().length];
    for (int id = 0; id < known.length; id++) {
      known[id] = id >= vocabulary.size() || vocabulary.isText(id);
    }
    Alphabet alphabet = new CharacterAlphabet(vocabulary.symbols(), known, vocabulary.index());
    return new CachedSegmenter(new BytePairs(alphabet, merges, vocabulary, fallback));
  }
}
