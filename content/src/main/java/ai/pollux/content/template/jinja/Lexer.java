package ai.pollux.content.template.jinja;

import ai.pollux.content.template.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A template as tokens. White space as transformers sets it up: {@code trim_blocks} (the newline
 * after a block tag goes), {@code lstrip_blocks} (so does the indentation before one), and the
 * newline that ends the source goes too.
 */
final class Lexer {
  /** The operators of two characters. */
  private static final List<String> PAIRS = List.of("//", "**", "==", "!=", "<=", ">=");

  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;

  /** Whether the text that follows begins a line. */
  private boolean atLineStart = true;

  private Lexer(String source) {
    this.source = source;
  }

  static List<Token> tokens(String source) {
    String text = source.replace("\r\n", "\n").replace('\r', '\n');
    Lexer lexer = new Lexer(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
    while (lexer.at < lexer.source.length()) {
      lexer.textAndTag();
    }
    lexer.add(Kind.END, "");
    return lexer.tokens;
  }

  private void textAndTag() {
    int tag = nextTag();
    if (tag < 0) {
      data(source.length(), source.substring(at));
      return;
    }
    char kind = source.charAt(tag + 1);
    char sign = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
    String text = source.substring(at, tag);
    if (sign == '-') {
      text = PythonText.stripEnd(text);
    } else if (kind != '{' && sign != '+') {
      text = withoutIndent(text);
    }
    data(tag, text);
    skip(sign == '-' || sign == '+' ? 3 : 2);
    switch (kind) {
      case '#' -> comment();
      case '%' -> inside(Kind.BLOCK_BEGIN, Kind.BLOCK_END, "%}");
      default -> inside(Kind.PRINT_BEGIN, Kind.PRINT_END, "}}");
    }
  }

  private int nextTag() {
    for (int i = source.indexOf('{', at); i >= 0; i = source.indexOf('{', i + 1)) {
      if (i + 1 < source.length() && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private String withoutIndent(String text) {
    int start = text.lastIndexOf('\n') + 1;
    boolean blank = text.substring(start).isBlank();
    return blank && (start > 0 || atLineStart) ? text.substring(0, start) : text;
  }

  private void data(int end, String text) {
    if (!text.isEmpty()) {
      add(Kind.DATA, text);
    }
    skip(end - at);
  }

  private void comment() {
    int end = source.indexOf("#}", at);
    if (end < 0) {
      throw new JinjaException(line, "this comment never ends: expected #}");
    }
    char sign = end > at ? source.charAt(end - 1) : ' ';
    skip(end + 2 - at);
    after(sign, true);
  }

  private void inside(Kind begin, Kind end, String mark) {
    int opened = line;
    int depth = 0;
    add(begin, begin == Kind.BLOCK_BEGIN ? "{%" : "{{");
    while (at < source.length()) {
      char c = source.charAt(at);
      boolean signed = (c == '-' || c == '+') && source.startsWith(mark, at + 1);
      if (depth == 0 && (signed || source.startsWith(mark, at))) {
        add(end, mark);
        skip(signed ? 3 : 2);
        after(signed ? c : ' ', end == Kind.BLOCK_END);
        return;
      }
      if (PythonText.isSpace(c)) {
        skip(1);
      } else {
        depth = Math.max(0, depth + ("([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0));
        word(c);
      }
    }
    throw new JinjaException(opened, "this tag never ends: expected " + mark);
  }

  /** White space after a tag: all of it after a minus, one newline after a block. */
  private void after(char sign, boolean block) {
    int start = at;
    if (sign == '-') {
      while (at < source.length() && PythonText.isSpace(source.charAt(at))) {
        skip(1);
      }
    } else if (block && sign != '+' && source.startsWith("\n", at)) {
      skip(1);
    }
    atLineStart = at > start && source.charAt(at - 1) == '\n';
  }

  private void word(char c) {
    int end = at + 1;
    if (c == '\'' || c == '"') {
      string(c);
    } else if (Character.isDigit(c)) {
      number();
    } else if (Character.isLetter(c) || c == '_') {
      while (end < source.length() && isNamePart(source.charAt(end))) {
        end++;
      }
      take(Kind.NAME, end);
    } else {
      String two = source.substring(at, Math.min(at + 2, source.length()));
      boolean known = PAIRS.contains(two) || "+-/*%~[](){}<>=.:|,".indexOf(c) >= 0;
      if (!known) {
        throw new JinjaException(line, "unexpected character '" + c + "'");
      }
      take(Kind.OPERATOR, PAIRS.contains(two) ? at + 2 : end);
    }
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private void number() {
    int end = at;
    boolean real = false;
    while (end < source.length()) {
      char c = source.charAt(end);
      boolean fraction =
          c == '.'
              && !real
              && end + 1 < source.length()
              && Character.isDigit(source.charAt(end + 1));
      if (!Character.isDigit(c) && c != '_' && !fraction) {
        break;
      }
      real |= fraction;
      end++;
    }
    String digits = source.substring(at, end).replace("_", "");
    add(real ? Kind.REAL : Kind.INTEGER, digits);
    skip(end - at);
  }

  private void string(char quote) {
    int started = line;
    StringBuilder text = new StringBuilder();
    int i = at + 1;
    for (; i < source.length() && source.charAt(i) != quote; i++) {
      char c = source.charAt(i);
      if (c == '\\' && i + 1 < source.length()) {
        i = escape(i + 1, text);
      } else {
        text.append(c);
      }
    }
    if (i >= source.length()) {
      throw new JinjaException(started, "this string never ends: expected " + quote);
    }
    add(Kind.STRING, text.toString());
    skip(i + 1 - at);
  }

  /** Reads the escape whose letter stands at {@code i}; returns its last character's place. */
  private int escape(int i, StringBuilder text) {
    char c = source.charAt(i);
    int hex = c == 'x' ? 2 : c == 'u' ? 4 : 0;
    if (hex > 0) {
      try {
        text.append((char) Integer.parseInt(source.substring(i + 1, i + 1 + hex), 16));
        return i + hex;
      } catch (IndexOutOfBoundsException | NumberFormatException e) {
        throw new JinjaException(line, "\\" + c + " needs " + hex + " hexadecimal digits");
      }
    }
    int known = "nrt\\'\"bf0".indexOf(c);
    text.append(
        known >= 0 ? "\n\r\t\\'\"\b\f\0".substring(known, known + 1) : c == '\n' ? "" : "\\" + c);
    return i;
  }

  private void take(Kind kind, int end) {
    add(kind, source.substring(at, end));
    skip(end - at);
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private void skip(int characters) {
    for (int i = 0; i < characters; i++) {
      line += source.charAt(at++) == '\n' ? 1 : 0;
    }
  }
}
