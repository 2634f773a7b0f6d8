package ai.pollux.content.tokenizer;

/** The classes that split patterns know: letters, numbers, white space, the rest. */
final class CharacterClass {
  static final byte OTHER = 0;
  static final byte LETTER = 1;
  static final byte NUMBER = 2;
  static final byte SPACE = 3;

  private static final byte[] OF_BMP = ofBmp();

  private CharacterClass() {}

  static byte of(int codePoint) {
    return codePoint < OF_BMP.length ? OF_BMP[codePoint] : compute(codePoint);
  }

  static boolean isSpace(char each) {
    return OF_BMP[each] == SPACE;
  }

  private static byte[] ofBmp() {
    byte[] classes = new byte[Character.MIN_SUPPLEMENTARY_CODE_POINT];
    for (int each = 0; each < classes.length; each++) {
      classes[each] = compute(each);
    }
    return classes;
  }

  /** Unicode's L*, N* and White_Space. */
  private static byte compute(int codePoint) {
    int type = Character.getType(codePoint);
    if (Character.isLetter(codePoint)) {
      return LETTER;
    }
    if (type == Character.DECIMAL_DIGIT_NUMBER
        || type == Character.LETTER_NUMBER
        || type == Character.OTHER_NUMBER) {
      return NUMBER;
    }
    boolean controlSpace = (codePoint >= '\t' && codePoint <= '\r') || codePoint == 0x85;
    return controlSpace || Character.isSpaceChar(codePoint) ? SPACE : OTHER;
  }
}
