package ai.pollux.assistant.constraint;

import ai.pollux.assistant.constraint.Network.Call;
import ai.pollux.assistant.constraint.Network.Edge;
import ai.pollux.assistant.constraint.Network.End;
import ai.pollux.assistant.constraint.Network.Loop;
import ai.pollux.assistant.constraint.Network.Split;
import java.util.Arrays;

/**
 * How far it is from each node to the end of its rule, along one way that is the shortest in bytes.
 * In tokens that is a bound that can be kept: behind the first token of the way the distance is one
 * less. Runs of bytes are cut into as few tokens as possible; rules and loops begin a new token.
 */
final class Distances {
  /** No end can be reached. */
  static final int NEVER = 1 << 29;

  private final Network network;
  private final TokenTable table;
  private final int[] bytes;
  private final int[] ways;
  private final int[] tokens;
  private final int[] depths;

  Distances(Network network, TokenTable table) {
    this.network = network;
    this.table = table;
    int nodes = network.nodes().size();
    bytes = new int[nodes];
    ways = new int[nodes];
    tokens = new int[nodes];
    depths = new int[nodes];
    settle(bytes, this::bytesOf);
    for (int node = 0; node < nodes; node++) {
      ways[node] = network.node(node) instanceof Split(int[] each) ? nearest(each) : -1;
    }
    settle(tokens, this::tokensOf);
    settle(depths, this::depthOf);
  }

  /** Whether a rule may end here with nothing more. */
  boolean isNullable(int node) {
    return bytes[node] == 0;
  }

  /** Tokens to the end of the rule. */
  int tokens(int node) {
    return tokens[node];
  }

  /** How many frames this way needs on top of those it begins with. */
  int depth(int node) {
    return depths[node];
  }

  /** Tokens of a loop's items that still must come. */
  int tokens(Loop loop, int needed) {
    return loop.text().isPresent()
        ? table.plain(loop.text().get()).fewest(needed)
        : times(isNullable(loop.item()) ? 0 : needed, tokens[loop.item()]);
  }

  static int sum(int a, int b) {
    return Math.min(a + b, NEVER);
  }

  private static int times(int count, int each) {
    return (int) Math.min((long) count * each, NEVER);
  }

  /** A rule for one node that is asked again until nothing changes. */
  @FunctionalInterface
  private interface Estimate {
    int of(int node);
  }

  /** Nodes mostly come after those they lead to: few rounds are needed. */
  private void settle(int[] values, Estimate estimate) {
    Arrays.fill(values, NEVER);
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int node = 0; node < values.length; node++) {
        int value = estimate.of(node);
        if (value < values[node]) {
          values[node] = value;
          changed = true;
        }
      }
    }
  }

  private int bytesOf(int node) {
    return switch (network.node(node)) {
      case End() -> 0;
      case Edge edge -> sum(1, bytes[edge.next()]);
      case Split(int[] each) -> each.length == 0 ? NEVER : bytes[nearest(each)];
      case Call call -> sum(bytes[network.rules()[call.rule()]], bytes[call.next()]);
      case Loop loop -> sum(times(loop.least(), bytes[loop.item()]), bytes[loop.next()]);
    };
  }

  private int nearest(int[] each) {
    int nearest = Network.END;
    int least = NEVER;
    for (int way : each) {
      if (bytes[way] < least) {
        least = bytes[way];
        nearest = way;
      }
    }
    return least == NEVER && each.length > 0 ? each[0] : nearest;
  }

  private int tokensOf(int node) {
    return switch (network.node(node)) {
      case End() -> 0;
      case Edge _ -> tokensAlong(node);
      case Split(int[] each) -> each.length == 0 ? NEVER : tokens[ways[node]];
      case Call call -> sum(tokens[network.rules()[call.rule()]], tokens[call.next()]);
      case Loop loop -> sum(tokens(loop, loop.least()), tokens[loop.next()]);
    };
  }

  /** The best first token along the way. */
  private int tokensAlong(int node) {
    int best = NEVER;
    int at = node;
    int entry = -1;
    while (network.node(at) instanceof Edge edge) {
      entry = likeliest(entry, edge);
      if (entry < 0) {
        break;
      }
      at = edge.next();
      if (table.trie().firstToken(entry) < table.trie().endToken(entry)) {
        best = Math.min(best, sum(1, tokens[at]));
      }
      at = afterEmpty(at);
    }
    return best;
  }

  /** Past nodes that need nothing. */
  private int afterEmpty(int node) {
    int at = node;
    while (true) {
      if (network.node(at) instanceof Split(int[] each) && each.length > 0) {
        at = ways[at];
      } else if (network.node(at) instanceof Loop loop && loop.least() == 0) {
        at = loop.next();
      } else {
        return at;
      }
    }
  }

  /** The child of a trie's node by an edge: one that is a token where there is one. */
  private int likeliest(int entry, Edge edge) {
    TokenTrie trie = table.trie();
    int found = -1;
    int node = entry + 1;
    int end = entry < 0 ? trie.nodes() : trie.end(entry);
    for (; node < end; node = trie.end(node)) {
      if (edge.reads(trie.symbol(node))) {
        if (trie.firstToken(node) < trie.endToken(node)) {
          return node;
        }
        found = found < 0 ? node : found;
      }
    }
    return found;
  }

  private int depthOf(int node) {
    return switch (network.node(node)) {
      case End() -> 0;
      case Edge edge -> depths[edge.next()];
      case Split(int[] each) -> each.length == 0 ? NEVER : depths[ways[node]];
      case Call call -> {
        int rule = depths[network.rules()[call.rule()]];
        yield call.next() == Network.END ? rule : Math.max(sum(1, rule), depths[call.next()]);
      }
      case Loop loop ->
          loop.least() == 0
              ? depths[loop.next()]
              : Math.max(sum(1, depths[loop.item()]), depths[loop.next()]);
    };
  }
}
