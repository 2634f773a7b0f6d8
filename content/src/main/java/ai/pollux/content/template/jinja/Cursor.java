package ai.pollux.content.template.jinja;

import ai.pollux.content.template.jinja.Token.Kind;
import java.util.List;

/** A place in a list of tokens. */
final class Cursor {
  /** How deep expressions and blocks may nest; also keeps the parser's own stack short. */
  private static final int MAX_DEPTH = 100;

  private final List<Token> tokens;
  private int at;
  private int depth;

  Cursor(List<Token> tokens) {
    this.tokens = tokens;
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  boolean sees(String operator) {
    return peek().is(Kind.OPERATOR, operator);
  }

  boolean seesName(String name) {
    return peek().is(Kind.NAME, name);
  }

  boolean accept(String operator) {
    return sees(operator) && next() != null;
  }

  boolean acceptName(String name) {
    return seesName(name) && next() != null;
  }

  void expect(String operator) {
    if (!accept(operator)) {
      throw unexpected("'" + operator + "'");
    }
  }

  String expect(Kind kind, String what) {
    if (peek().kind() != kind) {
      throw unexpected(what);
    }
    return next().text();
  }

  JinjaException unexpected(String expected) {
    return new JinjaException(peek().line(), "expected " + expected + ", found " + peek());
  }

  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new JinjaException(peek().line(), "nested deeper than " + MAX_DEPTH + " levels");
    }
  }

  void leave() {
    depth--;
  }
}
