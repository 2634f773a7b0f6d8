package ai.pollux.content.tokenizer;

import java.util.Arrays;

/** One symbol per Unicode character, as in SentencePiece. Unknown: -1 - the character. */
final class CharacterAlphabet implements Alphabet {
  private final int[] ofBmp = new int[Character.MIN_SUPPLEMENTARY_CODE_POINT];
  private final PieceIndex index;
  private final boolean[] known;

  /**
   * @param pieces the spellings in order of symbol; of these, those of one character count
   * @param known which of them plain text may become
   */
  CharacterAlphabet(String[] pieces, boolean[] known, PieceIndex index) {
    this.index = index;
    this.known = known.clone();
    Arrays.fill(ofBmp, -1);
    for (int id = pieces.length - 1; id >= 0; id--) {
      if (pieces[id].length() == 1 && known[id]) {
        ofBmp[pieces[id].charAt(0)] = id;
      }
    }
  }

  @Override
  public int mostSymbols(int chars) {
    return chars;
  }

  @Override
  public int symbols(char[] text, int start, int end, int[] symbols) {
    int count = 0;
    for (int i = start; i < end; ) {
      int codePoint = Character.codePointAt(text, i, end);
      i += Character.charCount(codePoint);
      int id = codePoint < ofBmp.length ? ofBmp[codePoint] : supplementary(codePoint);
      symbols[count++] = id >= 0 ? id : -1 - codePoint;
    }
    return count;
  }

  private int supplementary(int codePoint) {
    int id = index.find(Character.toString(codePoint));
    return id >= 0 && known[id] ? id : -1;
  }

  @Override
  public String spelling(int symbol) {
    return Character.toString(-1 - symbol);
  }
}
