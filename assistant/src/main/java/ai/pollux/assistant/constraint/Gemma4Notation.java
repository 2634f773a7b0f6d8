package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Gemma 4's arguments: names bare, strings between {@code <|"|>} marks, as {@code
 * Gemma4OutputParser} reads them. Marks end with a bar and an angle, which a string therefore
 * cannot hold together.
 */
record Gemma4Notation() implements Notation {
  private static final Expr QUOTE = new Expr.Mark("<|\"|>");
  private static final CodePoints BAR = CodePoints.of("|");

  @Override
  public Expr text(int least, int most) {
    boolean isCounted = least > 0 || most < Expr.UNLIMITED;
    return new Expr.Text(isCounted ? TextKind.RAW_BOUNDED : TextKind.RAW, least, most);
  }

  @Override
  public Expr character(CodePoints set) {
    return new Expr.Characters(set.minus(BAR));
  }

  @Override
  public Expr string(Expr inside) {
    return Expr.sequence(QUOTE, inside, QUOTE);
  }

  @Override
  public Expr string(String value) {
    if (value.contains("|>")) {
      throw new ShapeException(
          "\"%s\": a model of this family cannot write a bar and an angle together. Choose another value."
              .formatted(value));
    }
    return string(Expr.literal(value));
  }

  @Override
  public Expr name(String name) {
    Expr written = name.matches("[A-Za-z_][A-Za-z0-9_.-]*") ? Expr.literal(name) : string(name);
    return Expr.sequence(written, Expr.literal(":"));
  }

  @Override
  public Expr anyName(Expr inside) {
    return Expr.sequence(inside, Expr.literal(":"));
  }

  @Override
  public Expr comma() {
    return Expr.literal(",");
  }

  @Override
  public Expr value(Json value) {
    return switch (value) {
      case Json.Str(String text) -> string(text);
      case Json.Null _, Json.Bool _, Json.Int _, Json.Real _ -> Expr.literal(value.toString());
      case Json.Arr array -> list("[", array.values().stream().map(this::value).toList(), "]");
      case Json.Obj object ->
          list(
              "{",
              object.members().entrySet().stream()
                  .map(m -> Expr.sequence(name(m.getKey()), value(m.getValue())))
                  .toList(),
              "}");
    };
  }

  private Expr list(String open, List<Expr> values, String close) {
    List<Expr> parts = new ArrayList<>();
    parts.add(Expr.literal(open));
    for (Expr each : values) {
      if (parts.size() > 1) {
        parts.add(comma());
      }
      parts.add(each);
    }
    parts.add(Expr.literal(close));
    return new Expr.Sequence(parts);
  }
}
