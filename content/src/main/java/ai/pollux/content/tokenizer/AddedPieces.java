package ai.pollux.content.tokenizer;

import java.util.List;

/** Finds added pieces in a text: leftmost first, of those the longest. */
final class AddedPieces {
  private final List<AddedPiece> pieces;
  private final CharTrie trie = new CharTrie();

  /** What a text consists of, in order. */
  interface Parts {
    /** Text between added pieces: {@code text[start..end)}, not empty. */
    void text(String text, int start, int end);

    /** An added piece. */
    void piece(int id);
  }

  AddedPieces(List<AddedPiece> pieces) {
    this.pieces = List.copyOf(pieces);
    for (int i = 0; i < pieces.size(); i++) {
      trie.add(pieces.get(i).text(), i);
    }
  }

  void split(String text, Parts parts) {
    int done = 0;
    int i = 0;
    while (!trie.isEmpty() && i < text.length()) {
      int length = trie.begins(text.charAt(i)) ? trie.longest(text, i) : 0;
      if (length == 0) {
        i++;
        continue;
      }
      AddedPiece piece = pieces.get(trie.valueOf(text, i, i + length));
      int end = i + length;
      if (piece.wholeWord() && touchesWord(text, i, end)) {
        i = end;
        continue;
      }
      int start = piece.takesLeft() ? skipSpaceBefore(text, i, done) : i;
      if (start > done) {
        parts.text(text, done, start);
      }
      parts.piece(piece.id());
      i = piece.takesRight() ? skipSpaceBehind(text, end) : end;
      done = i;
    }
    if (done < text.length()) {
      parts.text(text, done, text.length());
    }
  }

  private static boolean touchesWord(String text, int start, int end) {
    return (start > 0 && isWord(text.codePointBefore(start)))
        || (end < text.length() && isWord(text.codePointAt(end)));
  }

  private static boolean isWord(int codePoint) {
    return Character.isLetterOrDigit(codePoint) || codePoint == '_';
  }

  private static int skipSpaceBefore(String text, int from, int stop) {
    int i = from;
    while (i > stop && CharacterClass.isSpace(text.charAt(i - 1))) {
      i--;
    }
    return i;
  }

  private static int skipSpaceBehind(String text, int from) {
    int i = from;
    while (i < text.length() && CharacterClass.isSpace(text.charAt(i))) {
      i++;
    }
    return i;
  }
}
