package ai.pollux.content.tokenizer;

/**
 * Cuts before {@code ▁} and around newlines where no piece of the vocabulary has the same two
 * characters inside: no merge can cross such a place, so the ids do not change, and the chunks are
 * short enough to be remembered.
 */
final class MarkSplitter implements Splitter {
  private final CharacterSet beforeMark = new CharacterSet(); // stand before a mark in a piece
  private final CharacterSet beforeNewline = new CharacterSet();
  private final CharacterSet behindNewline = new CharacterSet();

  MarkSplitter(Vocabulary vocabulary) {
    for (int id = 0; id < vocabulary.size(); id++) {
      String piece = vocabulary.piece(id);
      if (!vocabulary.isText(id)) {
        continue;
      }
      for (int i = 1; i < piece.length(); i++) {
        learn(piece.charAt(i - 1), piece.charAt(i));
      }
    }
  }

  private void learn(char left, char right) {
    if (right == Vocabulary.MARK) {
      beforeMark.add(left);
    }
    if (right == '\n') {
      beforeNewline.add(left);
    }
    if (left == '\n') {
      behindNewline.add(right);
    }
  }

  @Override
  public void split(char[] text, int start, int end, Chunks chunks) {
    int begun = start;
    for (int i = start + 1; i < end; i++) {
      if (parts(text[i - 1], text[i])) {
        chunks.chunk(text, begun, i);
        begun = i;
      }
    }
    if (begun < end) {
      chunks.chunk(text, begun, end);
    }
  }

  private boolean parts(char left, char right) {
    return (right == Vocabulary.MARK && !beforeMark.contains(left))
        || (right == '\n' && !beforeNewline.contains(left))
        || (left == '\n' && !behindNewline.contains(right));
  }

  /** One bit per UTF-16 unit. */
  private static final class CharacterSet {
    private final long[] bits = new long[1024];

    void add(char each) {
      bits[each >> 6] |= 1L << each;
    }

    boolean contains(char each) {
      return (bits[each >> 6] & (1L << each)) != 0;
    }
  }
}
