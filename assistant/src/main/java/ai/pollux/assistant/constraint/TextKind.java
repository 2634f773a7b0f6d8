package ai.pollux.assistant.constraint;

/** The kinds of running text, and what is a character in each. */
enum TextKind {
  /** Inside the quotes of a JSON string, where some characters are written as two or six. */
  JSON {
    @Override
    boolean isPlain(int symbol) {
      return symbol >= ' ' && symbol < 256 && symbol != '"' && symbol != '\\';
    }

    @Override
    Expr character() {
      Expr hex = new Expr.Characters(CodePoints.of("0123456789abcdefABCDEF"));
      CodePoints notD = CodePoints.of("0123456789abcefABCEF");
      Expr code =
          Expr.choice(
              Expr.sequence(new Expr.Characters(notD), hex, hex, hex),
              Expr.sequence(
                  new Expr.Characters(CodePoints.of("dD")),
                  new Expr.Characters(CodePoints.of("01234567")), // no half of a pair
                  hex,
                  hex));
      Expr escape =
          Expr.choice(
              new Expr.Characters(CodePoints.of("\"\\/bfnrt")),
              Expr.sequence(Expr.literal("u"), code));
      return Expr.choice(
          new Expr.Characters(
              CodePoints.of(' ', Character.MAX_CODE_POINT).minus(CodePoints.of("\"\\"))),
          Expr.sequence(Expr.literal("\\"), escape));
    }
  },
  /** Between two marks. A bar and a closing angle, with which marks end, never stand together. */
  RAW {
    @Override
    boolean isPlain(int symbol) {
      return symbol < 256 && symbol != '|';
    }

    @Override
    Expr character() {
      return Expr.choice(
          RAW_BOUNDED.character(),
          Expr.sequence(
              Expr.literal("|"), new Expr.Characters(CodePoints.ALL.minus(CodePoints.of("|>")))));
    }
  },
  /** The same, to be counted: without bars. */
  RAW_BOUNDED {
    @Override
    boolean isPlain(int symbol) {
      return symbol < 256 && symbol != '|';
    }

    @Override
    Expr character() {
      return new Expr.Characters(CodePoints.ALL.minus(CodePoints.of("|")));
    }
  },
  /** Whatever the model writes; it is not counted, and need not be whole characters. */
  FREE {
    @Override
    boolean isPlain(int symbol) {
      return symbol < 256;
    }

    @Override
    Expr character() {
      return new Expr.ByteRange(0, 255);
    }

    @Override
    int plainCharacters(byte[] token) {
      return 1;
    }
  };

  /** Whether this byte is only itself, or part of a character that is. */
  abstract boolean isPlain(int symbol);

  /** One character in all of its spellings. */
  abstract Expr character();

  /** How many characters a token is that is whole plain characters; 0 for others. */
  int plainCharacters(byte[] token) {
    int characters = 0;
    for (int i = 0; i < token.length; i++) {
      int length = length(token, i);
      if (length == 0 || !isPlain(token[i] & 0xFF)) {
        return 0;
      }
      i += length - 1;
      characters++;
    }
    return characters;
  }

  /** The bytes of the character at a place; 0 where there is no whole one. */
  private static int length(byte[] token, int at) {
    int first = token[at] & 0xFF;
    int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (length == 0 || first > 0xF4 || at + length > token.length) {
      return 0;
    }
    int codePoint = length == 1 ? first : first & (0x7F >> length);
    for (int i = 1; i < length; i++) {
      int next = token[at + i] & 0xFF;
      if ((next & 0xC0) != 0x80) {
        return 0;
      }
      codePoint = (codePoint << 6) | (next & 0x3F);
    }
    boolean isShortest = length < 3 || codePoint >= (length == 3 ? 0x800 : 0x10000);
    boolean isScalar =
        codePoint <= Character.MAX_CODE_POINT
            && (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE);
    return isShortest && isScalar ? length : 0;
  }
}
