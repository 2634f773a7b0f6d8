package ai.pollux.content.template.jinja;

/** A word of a template and the line it stands on. */
record Token(Kind kind, String text, int line) {
  enum Kind {
    /** Text between tags. */
    DATA,
    PRINT_BEGIN,
    PRINT_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    INTEGER,
    REAL,
    OPERATOR,
    END
  }

  boolean is(Kind wanted, String word) {
    return kind == wanted && text.equals(word);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case DATA -> "text";
      case END -> "the end of the template";
      case STRING -> "'" + text + "'";
      case PRINT_BEGIN, PRINT_END, BLOCK_BEGIN, BLOCK_END, NAME, INTEGER, REAL, OPERATOR -> text;
    };
  }
}
