package ai.pollux.assistant.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a grammar's expressions a network, from their ends to their beginnings. */
final class NetworkBuilder {
  /** Enough for any schema that people write; a state of the automaton costs far more. */
  static final int MOST_NODES = 200_000;

  private final List<Network.Node> nodes = new ArrayList<>(List.of(new Network.End()));
  private final Map<String, Integer> ruleIndex = new HashMap<>();
  private final Map<TextKind, Integer> characters = new EnumMap<>(TextKind.class);
  private final List<String> marks;

  private NetworkBuilder(List<String> marks) {
    this.marks = marks;
  }

  /**
   * The network of a grammar.
   *
   * @param marks control tokens in order of their symbols
   * @throws ShapeException if it is too large
   */
  static Network build(Grammar grammar, Expr start, List<String> marks) {
    NetworkBuilder builder = new NetworkBuilder(marks);
    grammar.rules().keySet().forEach(name -> builder.ruleIndex.put(name, builder.ruleIndex.size()));
    int[] rules = new int[grammar.rules().size()];
    grammar
        .rules()
        .forEach((name, expr) -> rules[builder.rule(name)] = builder.add(expr, Network.END));
    int first = builder.add(start, Network.END);
    return new Network(builder.nodes, first, rules, marks);
  }

  private int rule(String name) {
    Integer index = ruleIndex.get(name);
    if (index == null) {
      throw new IllegalStateException("no rule " + name);
    }
    return index;
  }

  private int add(Expr expr, int next) {
    return switch (expr) {
      case Expr.Literal(String text) -> literal(text, next);
      case Expr.Mark(String spelling) -> {
        int symbol = 256 + marks.indexOf(spelling);
        yield node(new Network.Edge(symbol, symbol, next));
      }
      case Expr.ByteRange(int first, int last) -> node(new Network.Edge(first, last, next));
      case Expr.Characters(CodePoints set) -> split(Utf8Ranges.of(set), next);
      case Expr.Sequence(List<Expr> parts) -> {
        int at = next;
        for (int i = parts.size() - 1; i >= 0; i--) {
          at = add(parts.get(i), at);
        }
        yield at;
      }
      case Expr.Choice(List<Expr> alternatives) -> split(alternatives, next);
      case Expr.Repeat(Expr item, int least, int most) ->
          node(new Network.Loop(add(item, Network.END), least, most, next, Optional.empty()));
      case Expr.Text(TextKind kind, int least, int most) ->
          node(new Network.Loop(character(kind), least, most, next, Optional.of(kind)));
      case Expr.Rule(String name) -> node(new Network.Call(rule(name), next));
    };
  }

  private int character(TextKind kind) {
    Integer known = characters.get(kind);
    if (known == null) {
      known = add(kind.character(), Network.END);
      characters.put(kind, known);
    }
    return known;
  }

  private int literal(String text, int next) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int at = next;
    for (int i = bytes.length - 1; i >= 0; i--) {
      at = node(new Network.Edge(bytes[i] & 0xFF, bytes[i] & 0xFF, at));
    }
    return at;
  }

  private int split(List<? extends Expr> alternatives, int next) {
    int[] ways = alternatives.stream().mapToInt(each -> add(each, next)).toArray();
    return ways.length == 1 ? ways[0] : node(new Network.Split(ways));
  }

  private int node(Network.Node node) {
    if (nodes.size() >= MOST_NODES) {
      throw new ShapeException(
          "The schema is too large: it takes more than %d nodes. Ask for less at once."
              .formatted(MOST_NODES));
    }
    nodes.add(node);
    return nodes.size() - 1;
  }
}
