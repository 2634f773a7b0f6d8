package ai.pollux.assistant.constraint;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads regular expressions as JSON schemas have them (ECMA-262, with whole characters): without
 * what looks around, refers back, or asks for word boundaries.
 */
final class RegexReader {
  private static final int MOST_DEPTH = 100;
  private static final int MOST_LENGTH = 10_000;

  private static final CodePoints LINE_ENDS = CodePoints.of("\n\r\u2028\u2029");

  private final String pattern;
  private int at;
  private int depth;

  private RegexReader(String pattern) {
    this.pattern = pattern;
  }

  /**
   * The whole of a pattern.
   *
   * @throws ShapeException with the place of what is not understood
   */
  static Regex read(String pattern) {
    if (pattern.length() > MOST_LENGTH) {
      throw new ShapeException(
          "pattern: expected at most %d characters, found %d"
              .formatted(MOST_LENGTH, pattern.length()));
    }
    RegexReader reader = new RegexReader(pattern);
    Regex regex = reader.choice();
    if (reader.at < pattern.length()) {
      throw reader.wrong("a ) without a (");
    }
    return regex;
  }

  private Regex choice() {
    if (++depth > MOST_DEPTH) {
      throw wrong("groups nested deeper than " + MOST_DEPTH);
    }
    List<Regex> alternatives = new ArrayList<>();
    do {
      alternatives.add(sequence());
    } while (accept("|"));
    depth--;
    return alternatives.size() == 1 ? alternatives.getFirst() : new Regex.Choice(alternatives);
  }

  private Regex sequence() {
    List<Regex> parts = new ArrayList<>();
    while (at < pattern.length() && pattern.charAt(at) != '|' && pattern.charAt(at) != ')') {
      parts.add(repeated(atom()));
    }
    return new Regex.Sequence(parts);
  }

  private Regex repeated(Regex atom) {
    int least;
    int most;
    int before = at;
    if (accept("*")) {
      least = 0;
      most = Expr.UNLIMITED;
    } else if (accept("+")) {
      least = 1;
      most = Expr.UNLIMITED;
    } else if (accept("?")) {
      least = 0;
      most = 1;
    } else if (accept("{")) {
      least = number();
      most = accept(",") ? (peek('}') ? Expr.UNLIMITED : number()) : least;
      expect("}");
    } else {
      return atom;
    }
    if (accept("?")) {
      // Asks for the shortest match, which makes no difference to which texts match.
    }
    if (atom instanceof Regex.Anchor || least > most || "*+?{".indexOf(charAt(at)) >= 0) {
      at = before;
      throw wrong("nothing that can be repeated so");
    }
    return new Regex.Repeat(atom, least, most);
  }

  private Regex atom() {
    if (accept("(")) {
      return group();
    }
    if (accept("[")) {
      return new Regex.One(new CharacterClassReader(this).read());
    }
    if (accept("^")) {
      return new Regex.Anchor(true);
    }
    if (accept("$")) {
      return new Regex.Anchor(false);
    }
    if (accept(".")) {
      return new Regex.One(LINE_ENDS.not());
    }
    if (accept("\\")) {
      return new Regex.One(escape());
    }
    if ("*+?{".indexOf(pattern.charAt(at)) >= 0) {
      throw wrong("nothing to repeat");
    }
    int codePoint = next();
    return new Regex.One(CodePoints.of(codePoint, codePoint));
  }

  private Regex group() {
    if (accept("?")) {
      if (accept("<") && charAt(at) != '=' && charAt(at) != '!') {
        at = Math.max(at, pattern.indexOf('>', at) + 1);
      } else if (!accept(":")) {
        throw wrong("a group that looks around, which this server does not understand");
      }
    }
    Regex inner = choice();
    expect(")");
    return inner;
  }

  /** What an escape stands for, its bar read. */
  CodePoints escape() {
    if (at == pattern.length()) {
      throw wrong("a \\ at the end");
    }
    int letter = next();
    return switch (letter) {
      case 'd' -> CodePoints.of('0', '9');
      case 'D' -> CodePoints.of('0', '9').not();
      case 'w' -> word();
      case 'W' -> word().not();
      case 's' -> space();
      case 'S' -> space().not();
      case 'n' -> CodePoints.of("\n");
      case 'r' -> CodePoints.of("\r");
      case 't' -> CodePoints.of("\t");
      case 'f' -> CodePoints.of("\f");
      case 'v' -> CodePoints.of(0x0B, 0x0B);
      case '0' -> CodePoints.of(0, 0);
      case 'x' -> hex(2);
      case 'u' -> accept("{") ? hexUntilBrace() : hex(4);
      default -> {
        if (Character.isLetterOrDigit(letter)) {
          throw wrong(
              "\\" + Character.toString(letter) + ", which this server does not understand");
        }
        yield CodePoints.of(letter, letter);
      }
    };
  }

  private CodePoints hex(int digits) {
    String code = pattern.substring(at, Math.min(at + digits, pattern.length()));
    at += code.length();
    return hex(code);
  }

  private CodePoints hexUntilBrace() {
    int end = Math.max(at, pattern.indexOf('}', at));
    String code = pattern.substring(at, end);
    at = end;
    expect("}");
    return hex(code);
  }

  private CodePoints hex(String code) {
    if (!code.matches("[0-9A-Fa-f]{1,6}") || Integer.parseInt(code, 16) > 0x10FFFF) {
      throw wrong("no code of a character: " + code);
    }
    int codePoint = Integer.parseInt(code, 16);
    return CodePoints.of(codePoint, codePoint);
  }

  private static CodePoints word() {
    return CodePoints.of('a', 'z')
        .or(CodePoints.of('A', 'Z'))
        .or(CodePoints.of('0', '9'))
        .or(CodePoints.of("_"));
  }

  private static CodePoints space() {
    return CodePoints.of("\t\n\u000b\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff")
        .or(CodePoints.of(0x2000, 0x200A));
  }

  private int number() {
    int from = at;
    while (Character.isDigit(charAt(at))) {
      at++;
    }
    if (at == from || at - from > 6) {
      throw wrong("no count of up to 6 digits");
    }
    return Integer.parseInt(pattern.substring(from, at));
  }

  boolean peek(char character) {
    return charAt(at) == character;
  }

  boolean isAtEnd() {
    return at == pattern.length();
  }

  boolean accept(String text) {
    boolean found = pattern.startsWith(text, at);
    at += found ? text.length() : 0;
    return found;
  }

  int next() {
    int codePoint = pattern.codePointAt(at);
    at += Character.charCount(codePoint);
    return codePoint;
  }

  private void expect(String text) {
    if (!accept(text)) {
      throw wrong("no " + text);
    }
  }

  private char charAt(int index) {
    return index < pattern.length() ? pattern.charAt(index) : '\0';
  }

  ShapeException wrong(String found) {
    return new ShapeException(
        "pattern \"%s\": found %s at character %d".formatted(pattern, found, at));
  }
}
