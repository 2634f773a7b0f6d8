package ai.pollux.assistant.constraint;

import java.util.List;

/** A set of texts, put together from smaller ones. */
sealed interface Expr {
  /** No characters. */
  Expr EMPTY = new Sequence(List.of());

  /** No text at all, not even the empty one. */
  Expr NOTHING = new Choice(List.of());

  /** As many as one likes, for {@link Repeat#most}. */
  int UNLIMITED = Integer.MAX_VALUE;

  /** One text. */
  record Literal(String text) implements Expr {}

  /** A control token, by its spelling. */
  record Mark(String spelling) implements Expr {}

  /** One byte. */
  record ByteRange(int first, int last) implements Expr {}

  /** One character. */
  record Characters(CodePoints set) implements Expr {}

  /** One after the other. */
  record Sequence(List<Expr> parts) implements Expr {
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /** Any of these. */
  record Choice(List<Expr> alternatives) implements Expr {
    public Choice {
      alternatives = List.copyOf(alternatives);
    }
  }

  /** Some of the same, at least {@code least}, at most {@code most}. */
  record Repeat(Expr item, int least, int most) implements Expr {}

  /** Characters of running text: a {@link Repeat} that knows which tokens hold nothing else. */
  record Text(TextKind kind, int least, int most) implements Expr {}

  /** What a grammar's rule of that name says. */
  record Rule(String name) implements Expr {}

  static Expr sequence(Expr... parts) {
    return new Sequence(List.of(parts));
  }

  static Expr choice(Expr... alternatives) {
    return new Choice(List.of(alternatives));
  }

  static Expr optional(Expr expr) {
    return choice(expr, EMPTY);
  }

  static Expr literal(String text) {
    return new Literal(text);
  }

  /** One of these characters. */
  static Expr oneOf(int first, int last) {
    return new Characters(CodePoints.of(first, last));
  }
}
