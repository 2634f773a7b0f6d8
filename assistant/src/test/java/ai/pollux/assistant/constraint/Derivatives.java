package ai.pollux.assistant.constraint;

import ai.pollux.assistant.constraint.Expr.ByteRange;
import ai.pollux.assistant.constraint.Expr.Characters;
import ai.pollux.assistant.constraint.Expr.Choice;
import ai.pollux.assistant.constraint.Expr.Literal;
import ai.pollux.assistant.constraint.Expr.Mark;
import ai.pollux.assistant.constraint.Expr.Repeat;
import ai.pollux.assistant.constraint.Expr.Rule;
import ai.pollux.assistant.constraint.Expr.Sequence;
import ai.pollux.assistant.constraint.Expr.Text;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The slow twin of network, automaton and masks: what may follow a symbol, by the definition
 * (Brzozowski, <a href="https://doi.org/10.1145/321239.321249">Derivatives of Regular
 * Expressions</a>), straight from the expressions.
 */
final class Derivatives {
  private final Grammar grammar;
  private final Set<String> productive = new HashSet<>();
  private final Set<String> nullable = new HashSet<>();

  Derivatives(Grammar grammar) {
    this.grammar = grammar;
    int known = -1;
    while (known < productive.size() + nullable.size()) {
      known = productive.size() + nullable.size();
      grammar
          .rules()
          .forEach((name, expr) -> {
            if (isProductive(expr)) {
              productive.add(name);
            }
            if (isNullable(expr)) {
              nullable.add(name);
            }
          });
    }
  }

  /** Whether some text belongs to it. */
  boolean isProductive(Expr expr) {
    return switch (expr) {
      case Literal _, Mark _, ByteRange _, Text _ -> true;
      case Characters(CodePoints set) -> !set.isEmpty();
      case Sequence(List<Expr> parts) -> parts.stream().allMatch(this::isProductive);
      case Choice(List<Expr> ways) -> ways.stream().anyMatch(this::isProductive);
      case Repeat(Expr item, int least, int _) -> least == 0 || isProductive(item);
      case Rule(String name) -> productive.contains(name);
    };
  }

  /** Whether the empty text belongs to it. */
  boolean isNullable(Expr expr) {
    return switch (expr) {
      case Literal(String text) -> text.isEmpty();
      case Mark _, ByteRange _, Characters _ -> false;
      case Text(TextKind _, int least, int _) -> least == 0;
      case Sequence(List<Expr> parts) -> parts.stream().allMatch(this::isNullable);
      case Choice(List<Expr> ways) -> ways.stream().anyMatch(this::isNullable);
      case Repeat(Expr item, int least, int _) -> least == 0 || isNullable(item);
      case Rule(String name) -> nullable.contains(name);
    };
  }

  /** What may stand behind a symbol at the beginning; a choice of none where it cannot. */
  Expr behind(Expr expr, int symbol, List<String> marks) {
    return switch (expr) {
      case Literal(String text) -> behindBytes(bytes(text), symbol);
      case Mark(String spelling) -> end(256 + marks.indexOf(spelling) == symbol);
      case ByteRange(int first, int last) -> end(first <= symbol && symbol <= last);
      case Characters(CodePoints set) ->
          choice(Utf8Ranges.of(set).stream().map(each -> behind(each, symbol, marks)).toList());
      case Sequence(List<Expr> parts) -> behindSequence(parts, symbol, marks);
      case Choice(List<Expr> ways) ->
          choice(ways.stream().map(each -> behind(each, symbol, marks)).toList());
      case Repeat(Expr item, int least, int most) ->
          most == 0
              ? Expr.NOTHING
              : then(behind(item, symbol, marks), new Repeat(item, less(least), lessOf(most)));
      case Text(TextKind kind, int least, int most) ->
          most == 0
              ? Expr.NOTHING
              : then(
                  behind(kind.character(), symbol, marks),
                  new Text(kind, less(least), lessOf(most)));
      case Rule(String name) -> behind(rule(name), symbol, marks);
    };
  }

  private Expr rule(String name) {
    Expr meaning = grammar.rules().get(name);
    if (meaning == null) {
      throw new IllegalStateException(name);
    }
    return meaning;
  }

  private Expr behindSequence(List<Expr> parts, int symbol, List<String> marks) {
    List<Expr> ways = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Expr rest = new Sequence(parts.subList(i + 1, parts.size()));
      ways.add(then(behind(parts.get(i), symbol, marks), rest));
      if (!isNullable(parts.get(i))) {
        break;
      }
    }
    return choice(ways);
  }

  /** The rest of a literal: its bytes, as the symbols that they are. */
  private static Expr behindBytes(byte[] bytes, int symbol) {
    if (bytes.length == 0 || (bytes[0] & 0xFF) != symbol) {
      return Expr.NOTHING;
    }
    List<Expr> rest = new ArrayList<>();
    for (int i = 1; i < bytes.length; i++) {
      rest.add(new ByteRange(bytes[i] & 0xFF, bytes[i] & 0xFF));
    }
    return new Sequence(rest);
  }

  private Expr then(Expr first, Expr second) {
    if (!isProductive(first) || !isProductive(second)) {
      return Expr.NOTHING;
    }
    return first.equals(Expr.EMPTY) ? second : Expr.sequence(first, second);
  }

  private Expr choice(List<Expr> ways) {
    List<Expr> useful = ways.stream().filter(this::isProductive).distinct().toList();
    return useful.size() == 1 ? useful.getFirst() : new Choice(useful);
  }

  private static Expr end(boolean matches) {
    return matches ? Expr.EMPTY : Expr.NOTHING;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int less(int least) {
    return Math.max(0, least - 1);
  }

  private static int lessOf(int most) {
    return most == Expr.UNLIMITED ? most : most - 1;
  }
}
