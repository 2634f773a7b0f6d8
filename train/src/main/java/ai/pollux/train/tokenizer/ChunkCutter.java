package ai.pollux.train.tokenizer;

/**
 * Cuts texts into chunks and counts them. A chunk ends where no piece can go on: before a space, at
 * special pieces, at digits, between scripts. Belongs to one thread.
 */
final class ChunkCutter {
  private final PieceRules rules;
  private final FixedPieces fixed;
  private final ChunkTable chunks = new ChunkTable();
  private final CharacterCounts singles = new CharacterCounts();
  private char[] buffer = new char[1 << 12];

  ChunkCutter(PieceRules rules, FixedPieces fixed) {
    this.rules = rules;
    this.fixed = fixed;
  }

  /** Chunks of two UTF-16 units and more. */
  ChunkTable chunks() {
    return chunks;
  }

  /** Chunks of one unit, and what is in no chunk: a special piece counts as one tab. */
  CharacterCounts singles() {
    return singles;
  }

  void cut(TrainingText sample) {
    String text = sample.text();
    int length = text.length();
    if (buffer.length < length) {
      buffer = new char[Math.max(length, buffer.length * 2)];
    }
    text.getChars(0, length, buffer, 0);
    for (int i = 0; i < length; i++) {
      if (buffer[i] == ' ') {
        buffer[i] = PieceRules.SPACE;
      }
    }
    cut(length, sample.weight());
  }

  private void cut(int length, long weight) {
    int begun = 0;
    int before = PieceRules.NEVER;
    for (int i = 0; i < length; ) {
      int piece = fixed.lengthAt(buffer, i, length);
      if (piece > 0) {
        finish(begun, i, weight);
        singles.add('\t', weight);
        i += piece;
        begun = i;
        before = PieceRules.NEVER;
        continue;
      }
      int character = characterAt(i, length);
      int kind = rules.kind(character);
      if (kind == PieceRules.NEVER || !PieceRules.joins(before, kind)) {
        finish(begun, i, weight);
        begun = i;
      }
      i += Character.charCount(character);
      if (kind == PieceRules.NEVER) {
        skip(character, weight);
        begun = i;
      }
      before = kind;
    }
    finish(begun, length, weight);
  }

  /** The character at a place; half a surrogate pair is replaced by U+FFFD. */
  private int characterAt(int at, int end) {
    char unit = buffer[at];
    if (!Character.isSurrogate(unit)) {
      return unit;
    }
    int character = Character.codePointAt(buffer, at, end);
    if (character == unit) {
      buffer[at] = '\uFFFD';
      return '\uFFFD';
    }
    return character;
  }

  /** SentencePiece counts tabs and marks as characters, and nothing else that no piece may have. */
  private void skip(int character, long weight) {
    if (character == '\t') {
      singles.add(character, weight);
    }
  }

  private void finish(int start, int end, long weight) {
    if (end - start == 1) {
      singles.add(buffer[start], weight);
    } else if (end > start) {
      chunks.add(buffer, start, end, weight);
    }
  }
}
