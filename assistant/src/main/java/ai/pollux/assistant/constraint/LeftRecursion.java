package ai.pollux.assistant.constraint;

import ai.pollux.assistant.constraint.Network.Call;
import ai.pollux.assistant.constraint.Network.Edge;
import ai.pollux.assistant.constraint.Network.End;
import ai.pollux.assistant.constraint.Network.Loop;
import ai.pollux.assistant.constraint.Network.Split;
import java.util.ArrayDeque;

/** Finds rules that come back to themselves before they read anything: walking them has no end. */
final class LeftRecursion {
  private static final byte OPEN = 1;
  private static final byte DONE = 2;

  private final Network network;
  private final Distances distances;
  private final byte[] marks;

  LeftRecursion(Network network, Distances distances) {
    this.network = network;
    this.distances = distances;
    marks = new byte[network.nodes().size()];
  }

  /**
   * Passes where there is none.
   *
   * @throws ShapeException otherwise
   */
  void check() {
    for (int node = 0; node < marks.length; node++) {
      if (marks[node] == 0) {
        search(node);
      }
    }
  }

  /** Depth first without the thread's stack, which long schemas would exhaust. */
  private void search(int from) {
    ArrayDeque<Integer> stack = new ArrayDeque<>();
    stack.push(from);
    while (!stack.isEmpty()) {
      int node = stack.peek();
      if (marks[node] == 0) {
        marks[node] = OPEN;
        for (int next : withoutReading(node)) {
          if (marks[next] == OPEN) {
            throw new ShapeException(
                "The schema refers to itself with nothing in between, so that it has no meaning."
                    + " Put the reference inside a property or an item.");
          }
          if (marks[next] == 0) {
            stack.push(next);
          }
        }
      } else {
        marks[node] = DONE;
        stack.pop();
      }
    }
  }

  private int[] withoutReading(int node) {
    return switch (network.node(node)) {
      case End _, Edge _ -> new int[0];
      case Split(int[] ways) -> ways;
      case Call call -> {
        int rule = network.rules()[call.rule()];
        yield distances.isNullable(rule) ? new int[] {rule, call.next()} : new int[] {rule};
      }
      case Loop loop ->
          loop.least() == 0 || distances.isNullable(loop.item())
              ? new int[] {loop.item(), loop.next()}
              : new int[] {loop.item()};
    };
  }
}
