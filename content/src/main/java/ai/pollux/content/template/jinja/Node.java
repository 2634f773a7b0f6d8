package ai.pollux.content.template.jinja;

import java.util.List;
import java.util.Optional;

/** A statement of a template and the line it begins on. */
sealed interface Node {
  int line();

  record Text(int line, String text) implements Node {}

  record Print(int line, Expr value) implements Node {}

  record If(int line, Expr test, List<Node> then, List<Node> otherwise) implements Node {}

  record For(
      int line,
      List<String> targets,
      Expr over,
      Optional<Expr> condition,
      List<Node> body,
      List<Node> otherwise)
      implements Node {}

  record Set(int line, List<String> targets, Expr value) implements Node {}

  /** {@code set space.member = value}, where space is a {@code namespace()}. */
  record SetMember(int line, String space, String member, Expr value) implements Node {}

  /** {@code set name}, then the text up to {@code endset}. */
  record SetText(int line, String name, List<Node> body) implements Node {}

  record Macro(
      int line,
      String name,
      List<String> parameters,
      List<Optional<Expr>> defaults,
      List<Node> body)
      implements Node {}

  /** {@code generation}: marks what the model is trained on, prints as it stands. */
  record Marked(int line, List<Node> body) implements Node {}

  record Break(int line) implements Node {}

  record Continue(int line) implements Node {}
}
