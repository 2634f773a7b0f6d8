package ai.pollux.assistant.constraint;

import java.util.Optional;
import java.util.Set;

/** Any JSON value at all. */
final class AnyValue {
  private static final String VALUE = "any value";
  private static final String MEMBER = "any member";

  private final Grammar grammar;
  private final Notation notation;

  AnyValue(Grammar grammar, Notation notation) {
    this.grammar = grammar;
    this.notation = notation;
  }

  /** Of any type. */
  Expr value() {
    if (!grammar.rules().containsKey(VALUE)) {
      grammar.define(
          VALUE,
          Expr.choice(
              string(),
              Numbers.real(Optional.empty(), Optional.empty(), VALUE),
              Expr.literal("true"),
              Expr.literal("false"),
              Expr.literal("null"),
              list("[", new Expr.Rule(VALUE), "]"),
              list("{", new Expr.Rule(MEMBER), "}")));
      grammar.define(
          MEMBER,
          Expr.sequence(notation.anyName(MemberNames.without(Set.of())), new Expr.Rule(VALUE)));
    }
    return new Expr.Rule(VALUE);
  }

  /** A string of any length. */
  Expr string() {
    return notation.string(notation.text(0, Expr.UNLIMITED));
  }

  private Expr list(String open, Expr item, String close) {
    Expr more = new Expr.Repeat(Expr.sequence(notation.comma(), item), 0, Expr.UNLIMITED);
    return Expr.sequence(
        Expr.literal(open), Expr.optional(Expr.sequence(item, more)), Expr.literal(close));
  }
}
