package ai.pollux.content.template.jinja;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An expression of a template and the line it begins on. */
sealed interface Expr {
  int line();

  record Literal(int line, Object value) implements Expr {}

  record Name(int line, String name) implements Expr {}

  record Items(int line, List<Expr> values) implements Expr {}

  record Members(int line, List<Expr> keys, List<Expr> values) implements Expr {}

  record Not(int line, Expr of) implements Expr {}

  record Negative(int line, Expr of) implements Expr {}

  record Binary(int line, String operator, Expr left, Expr right) implements Expr {}

  /** {@code and} or {@code or}: the right side is looked at only where it matters. */
  record Either(int line, boolean and, Expr left, Expr right) implements Expr {}

  /** {@code a < b <= c}: each operator between two neighbours. */
  record Compare(int line, List<Expr> operands, List<String> operators) implements Expr {}

  record Choice(int line, Expr then, Expr test, Optional<Expr> otherwise) implements Expr {}

  record Attribute(int line, Expr of, String name) implements Expr {}

  record Index(int line, Expr of, Expr key) implements Expr {}

  record Slice(int line, Expr of, Optional<Expr> start, Optional<Expr> stop, Optional<Expr> step)
      implements Expr {}

  record Call(int line, Expr of, Arguments arguments) implements Expr {}

  record Filter(int line, Expr of, String name, Arguments arguments) implements Expr {}

  record Test(int line, Expr of, String name, Arguments arguments) implements Expr {}

  /** What stands between a call's parentheses. */
  record Arguments(List<Expr> positional, Map<String, Expr> named) {
    static final Arguments NONE = new Arguments(List.of(), Map.of());
  }
}
