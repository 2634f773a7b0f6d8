package ai.pollux.assistant.constraint;

import java.util.List;
import java.util.Optional;

/**
 * A grammar as nodes: node 0 ends a rule; others lead on. Nodes come after those they lead to,
 * except through rules.
 *
 * @param start where a text begins
 * @param rules where each rule begins
 * @param marks the control tokens that edges may read: symbol 256 + i
 */
record Network(List<Node> nodes, int start, int[] rules, List<String> marks) {
  static final int END = 0;

  /** One place in a rule. */
  sealed interface Node {}

  /** The end of a rule. */
  record End() implements Node {}

  /** Reads one symbol: a byte, or from 256 on a control token. */
  record Edge(int first, int last, int next) implements Node {
    boolean reads(int symbol) {
      return first <= symbol && symbol <= last;
    }
  }

  /** Goes on at any of these. */
  record Split(int[] ways) implements Node {}

  /** Reads what a rule says, then goes on. */
  record Call(int rule, int next) implements Node {}

  /** Reads items, each of which begins at {@code item} and ends like a rule, then goes on. */
  record Loop(int item, int least, int most, int next, Optional<TextKind> text) implements Node {}

  Node node(int index) {
    return nodes.get(index);
  }

  /** How many symbols there are. */
  int symbols() {
    return 256 + marks.size();
  }
}
