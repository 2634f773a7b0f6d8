package ai.pollux.assistant.constraint;

import ai.pollux.content.Json;
import java.util.Map;
import java.util.Optional;

/** Strings of a schema: by length, pattern or format. */
record SchemaStrings(Notation notation, AnyValue any) {
  private static final String DATE =
      "(19|20)[0-9]{2}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))";
  private static final String TIME =
      "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,6})?(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])";
  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  /** Formats whose form is regular; others say something to readers alone. */
  private static final Map<String, String> FORMATS =
      Map.of(
          "date", "^" + DATE + "$",
          "time", "^" + TIME + "$",
          "date-time", "^" + DATE + "T" + TIME + "$",
          "uuid", "^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
          "ipv4", "^" + BYTE + "(\\." + BYTE + "){3}$",
          "email",
              "^[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+)*@[a-z0-9]{1,63}(\\.[a-z0-9]{1,63})*\\.[a-z]{2,10}$");

  Expr read(SchemaKeywords keywords) {
    int least = keywords.count("minLength").orElse(0);
    int most = keywords.count("maxLength").orElse(Expr.UNLIMITED);
    Optional<String> pattern = pattern(keywords);
    if (pattern.isEmpty()) {
      return least > most ? Expr.NOTHING : notation.string(notation.text(least, most));
    }
    Regex regex = read(pattern.get(), keywords);
    if (least == 0 && most == Expr.UNLIMITED) {
      return notation.string(regex.found(notation));
    }
    Regex.Repeat run =
        regex
            .asRun()
            .orElseThrow(() ->
                new ShapeException(
                    "%s: this server can hold an answer to a pattern and to minLength or maxLength at once only where the pattern is one repeated character, like ^[a-z]+$. Write the length into the pattern."
                        .formatted(keywords.where())));
    int from = Math.max(least, run.least());
    int to = Math.min(most, run.most());
    return from > to
        ? Expr.NOTHING
        : notation.string(new Regex.Repeat(run.item(), from, to).exact(notation));
  }

  private static Regex read(String pattern, SchemaKeywords keywords) {
    try {
      return RegexReader.read(pattern);
    } catch (ShapeException e) {
      throw new ShapeException(keywords.where() + "." + e.getMessage());
    }
  }

  private static Optional<String> pattern(SchemaKeywords keywords) {
    if (keywords.has("pattern")) {
      return Optional.of(keywords.text("pattern"));
    }
    return keywords.get("format") instanceof Json.Str(String format)
        ? Optional.ofNullable(FORMATS.get(format))
        : Optional.empty();
  }
}
