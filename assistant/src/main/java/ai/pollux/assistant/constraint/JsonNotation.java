package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import java.util.ArrayList;
import java.util.List;

/** JSON as it stands in RFC 8259, with at most one space behind a comma or colon. */
record JsonNotation() implements Notation {
  private static final Expr QUOTE = Expr.literal("\"");
  private static final Expr SPACE = Expr.optional(Expr.literal(" "));
  private static final CodePoints ESCAPED = CodePoints.of(0, 0x1F).or(CodePoints.of("\"\\"));

  @Override
  public Expr text(int least, int most) {
    return new Expr.Text(TextKind.JSON, least, most);
  }

  @Override
  public Expr character(CodePoints set) {
    List<Expr> ways = new ArrayList<>();
    ways.add(new Expr.Characters(set.minus(ESCAPED)));
    for (CodePoints.Range range : set.and(ESCAPED).ranges()) {
      for (int each = range.first(); each <= range.last(); each++) {
        String quoted = Json.of(Character.toString(each)).toString();
        ways.add(Expr.literal(quoted.substring(1, quoted.length() - 1)));
      }
    }
    return new Expr.Choice(ways);
  }

  @Override
  public Expr string(Expr inside) {
    return Expr.sequence(QUOTE, inside, QUOTE);
  }

  @Override
  public Expr string(String value) {
    return Expr.literal(Json.of(value).toString());
  }

  @Override
  public Expr name(String name) {
    return Expr.sequence(string(name), Expr.literal(":"), SPACE);
  }

  @Override
  public Expr anyName(Expr inside) {
    return Expr.sequence(string(inside), Expr.literal(":"), SPACE);
  }

  @Override
  public Expr comma() {
    return Expr.sequence(Expr.literal(","), SPACE);
  }

  @Override
  public Expr value(Json value) {
    return Expr.literal(value.toString());
  }
}
