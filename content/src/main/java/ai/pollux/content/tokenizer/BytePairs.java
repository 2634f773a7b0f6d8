package ai.pollux.content.tokenizer;

/** Byte-pair encoding: a chunk becomes symbols, symbols merge, what is no piece falls back. */
final class BytePairs implements Segmenter {
  private final Alphabet alphabet;
  private final Merges merges;
  private final Vocabulary vocabulary;
  private final Fallback fallback;

  BytePairs(Alphabet alphabet, Merges merges, Vocabulary vocabulary, Fallback fallback) {
    this.alphabet = alphabet;
    this.merges = merges;
    this.vocabulary = vocabulary;
    this.fallback = fallback;
  }

  @Override
  public void segment(char[] text, int start, int end, IntList ids) {
    int whole = alphabet.wholeChunk(text, start, end);
    if (whole >= 0) {
      ids.add(whole);
      return;
    }
    int[] symbols = new int[alphabet.mostSymbols(end - start)];
    int count = alphabet.symbols(text, start, end, symbols);
    count = PairMerger.merge(merges, symbols, count);
    emit(symbols, count, ids);
  }

  private void emit(int[] symbols, int count, IntList ids) {
    boolean unknownBefore = false;
    for (int i = 0; i < count; i++) {
      int symbol = symbols[i];
      if (symbol < 0) {
        unknownBefore = fallback.emit(alphabet.spelling(symbol), unknownBefore, ids);
      } else if (symbol >= vocabulary.size()) {
        unknownBefore = fallback.emit(vocabulary.piece(symbol), unknownBefore, ids);
      } else if (vocabulary.type(symbol) == PieceType.UNUSED) {
        takeApart(symbol, ids);
        unknownBefore = false;
      } else {
        ids.add(symbol);
        unknownBefore = false;
      }
    }
  }

  /** An unused piece: the symbols it was merged from. */
  private void takeApart(int unused, IntList ids) {
    char[] text = vocabulary.piece(unused).toCharArray();
    int[] symbols = new int[alphabet.mostSymbols(text.length)];
    int count = alphabet.symbols(text, 0, text.length, symbols);
    if (count == 1) {
      fallback.emit(vocabulary.piece(unused), false, ids);
      return;
    }
    Merges others =
        (left, right) -> {
          long merge = merges.find(left, right);
          return merge != Merges.NONE && (int) merge == unused ? Merges.NONE : merge;
        };
    count = PairMerger.merge(others, symbols, count);
    emit(symbols, count, ids);
  }
}
