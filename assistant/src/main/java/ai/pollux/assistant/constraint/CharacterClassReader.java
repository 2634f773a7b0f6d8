package ai.pollux.assistant.constraint;

/** Reads what stands between square brackets in a regular expression. */
final class CharacterClassReader {
  private final RegexReader reader;

  CharacterClassReader(RegexReader reader) {
    this.reader = reader;
  }

  /** The set, its opening bracket read. */
  CodePoints read() {
    boolean isInverted = reader.accept("^");
    CodePoints set = CodePoints.NONE;
    while (!reader.accept("]")) {
      if (reader.isAtEnd()) {
        throw reader.wrong("a [ without a ]");
      }
      CodePoints first = member();
      if (reader.accept("-")) {
        set = reader.peek(']') ? set.or(first).or(CodePoints.of("-")) : set.or(range(first));
      } else {
        set = set.or(first);
      }
    }
    return isInverted ? set.not() : set;
  }

  private CodePoints range(CodePoints first) {
    CodePoints last = member();
    if (!isOne(first) || !isOne(last) || first(first) > first(last)) {
      throw reader.wrong("a range without order");
    }
    return CodePoints.of(first(first), first(last));
  }

  private CodePoints member() {
    if (reader.isAtEnd()) {
      throw reader.wrong("a [ without a ]");
    }
    if (reader.accept("\\b")) {
      return CodePoints.of("\b");
    }
    if (reader.accept("\\")) {
      return reader.escape();
    }
    int codePoint = reader.next();
    return CodePoints.of(codePoint, codePoint);
  }

  private static boolean isOne(CodePoints set) {
    return set.ranges().size() == 1
        && set.ranges().getFirst().first() == set.ranges().getFirst().last();
  }

  private static int first(CodePoints set) {
    return set.ranges().getFirst().first();
  }
}
