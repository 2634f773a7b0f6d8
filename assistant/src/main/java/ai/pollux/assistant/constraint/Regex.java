package ai.pollux.assistant.constraint;

import java.util.List;
import java.util.Optional;

/** A regular expression, taken apart. */
sealed interface Regex {
  /** One character of a set. */
  record One(CodePoints set) implements Regex {}

  /** One after the other. */
  record Sequence(List<Regex> parts) implements Regex {}

  /** Any of these. */
  record Choice(List<Regex> alternatives) implements Regex {}

  /** The same some times. */
  record Repeat(Regex item, int least, int most) implements Regex {}

  /** The beginning of the text ({@code ^}), or its end ({@code $}). */
  record Anchor(boolean atStart) implements Regex {}

  /**
   * The texts in which it is found somewhere, as JSON schemas mean patterns.
   *
   * @throws ShapeException where an anchor stands in the middle
   */
  default Expr found(Script script) {
    return switch (this) {
      case Choice(List<Regex> alternatives) ->
          new Expr.Choice(alternatives.stream().map(each -> each.found(script)).toList());
      case Sequence(List<Regex> parts) when parts.size() == 1 -> parts.getFirst().found(script);
      case Sequence(List<Regex> parts) -> {
        int from = !parts.isEmpty() && parts.getFirst().equals(new Anchor(true)) ? 1 : 0;
        int to = parts.size();
        to -= to > from && parts.getLast().equals(new Anchor(false)) ? 1 : 0;
        Expr inner = new Sequence(parts.subList(from, to)).exact(script);
        Expr before = from == 1 ? Expr.EMPTY : script.text(0, Expr.UNLIMITED);
        Expr behind = to < parts.size() ? Expr.EMPTY : script.text(0, Expr.UNLIMITED);
        yield Expr.sequence(before, inner, behind);
      }
      case Anchor _ -> script.text(0, Expr.UNLIMITED);
      case One _, Repeat _ ->
          Expr.sequence(
              script.text(0, Expr.UNLIMITED), exact(script), script.text(0, Expr.UNLIMITED));
    };
  }

  /** The texts that it is the whole of. */
  default Expr exact(Script script) {
    return switch (this) {
      case One(CodePoints set) -> script.character(set);
      case Sequence(List<Regex> parts) ->
          new Expr.Sequence(parts.stream().map(each -> each.exact(script)).toList());
      case Choice(List<Regex> alternatives) ->
          new Expr.Choice(alternatives.stream().map(each -> each.exact(script)).toList());
      case Repeat(Regex item, int least, int most) -> {
        Expr one = item.exact(script);
        yield least == 0 && most == 1 ? Expr.optional(one) : new Expr.Repeat(one, least, most);
      }
      case Anchor(boolean atStart) ->
          throw new ShapeException(
              "%s is understood at the %s of a pattern or of its alternatives only."
                  .formatted(atStart ? "^" : "$", atStart ? "beginning" : "end"));
    };
  }

  /**
   * Where it is the same character some times and nothing else, like {@code ^[a-z]+$}: that, so
   * that lengths can be added.
   */
  default Optional<Repeat> asRun() {
    return switch (this) {
      case Sequence(List<Regex> parts)
          when parts.size() == 3
              && parts.getFirst().equals(new Anchor(true))
              && parts.getLast().equals(new Anchor(false))
              && parts.get(1) instanceof Repeat run
              && run.item() instanceof One ->
          Optional.of(run);
      case Sequence _, Choice _, One _, Repeat _, Anchor _ -> Optional.empty();
    };
  }
}
