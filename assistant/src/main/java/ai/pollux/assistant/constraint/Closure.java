package ai.pollux.assistant.constraint;

import ai.pollux.assistant.constraint.Network.Call;
import ai.pollux.assistant.constraint.Network.Edge;
import ai.pollux.assistant.constraint.Network.End;
import ai.pollux.assistant.constraint.Network.Loop;
import ai.pollux.assistant.constraint.Network.Split;
import ai.pollux.assistant.constraint.State.Place;
import ai.pollux.assistant.constraint.State.RunningText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Collects where the automaton can be without reading anything more. One for each new state. */
final class Closure {
  /**
   * The most places of a state. Beyond that those farthest from an end are given up, which leaves
   * fewer texts but none that is wrong.
   */
  static final int MOST_PLACES = 256;

  /** The most frames on each other, so that nesting ends somewhere. */
  static final int MOST_FRAMES = 200;

  private final Network network;
  private final Distances distances;
  private final Frames frames;
  private final ArrayDeque<Place> open = new ArrayDeque<>();
  private final Set<Place> seen = new HashSet<>();
  private final List<Place> edges = new ArrayList<>();
  private Optional<TextLoop> text = Optional.empty();
  private boolean accepts;

  /** A loop of running text that can go on, and the frame of its next character. */
  private record TextLoop(Loop loop, int needed, int left, Frame item) {
    TextKind kind() {
      return loop.text().orElseThrow();
    }
  }

  Closure(Network network, Distances distances, Frames frames) {
    this.network = network;
    this.distances = distances;
    this.frames = frames;
  }

  /** Adds a place and all that is reached from it. */
  void add(int node, Frame frame) {
    visit(node, frame);
    while (!open.isEmpty()) {
      Place place = open.remove();
      follow(place.node(), place.frame());
    }
  }

  /** What was collected. */
  State state() {
    edges.sort(
        Comparator.comparingInt(this::distance)
            .thenComparingInt(Place::node)
            .thenComparingLong(place -> place.frame().id));
    List<Place> places =
        List.copyOf(edges.size() > MOST_PLACES ? edges.subList(0, MOST_PLACES) : edges);
    int distance = places.isEmpty() ? Distances.NEVER : distance(places.getFirst());
    Optional<RunningText> running = text.map(loop -> running(loop, places));
    if (running.isPresent()) {
      RunningText found = running.get();
      TextLoop loop = text.orElseThrow();
      distance =
          Math.min(
              distance, Distances.sum(distances.tokens(loop.loop(), found.needed()), found.rest()));
    }
    return new State(places, accepts, running, accepts ? 0 : distance);
  }

  private RunningText running(TextLoop loop, List<Place> places) {
    boolean alone =
        places.stream()
            .allMatch(place -> place.frame() == loop.item() || readsNothingPlain(place, loop));
    int rest = Distances.sum(distances.tokens(loop.loop().next()), loop.item().below().distance);
    return new RunningText(loop.kind(), loop.needed(), loop.left(), rest, alone);
  }

  private boolean readsNothingPlain(Place place, TextLoop loop) {
    Edge edge = (Edge) network.node(place.node());
    for (int symbol = edge.first(); symbol <= edge.last(); symbol++) {
      if (loop.kind().isPlain(symbol)) {
        return false;
      }
    }
    return true;
  }

  private int distance(Place place) {
    return Distances.sum(distances.tokens(place.node()), place.frame().distance);
  }

  private void visit(int node, Frame frame) {
    boolean isUseful =
        Distances.sum(distances.tokens(node), frame.distance) < Distances.NEVER
            && frame.depth + distances.depth(node) <= MOST_FRAMES;
    Place place = new Place(node, frame);
    if (isUseful && seen.add(place)) {
      open.add(place);
    }
  }

  private void follow(int node, Frame frame) {
    switch (network.node(node)) {
      case Edge _ -> edges.add(new Place(node, frame));
      case Split(int[] ways) -> {
        for (int way : ways) {
          visit(way, frame);
        }
      }
      case Call call ->
          visit(
              network.rules()[call.rule()],
              call.next() == Network.END ? frame : frames.call(call.next(), frame));
      case Loop loop -> loop(node, loop, loop.least(), loop.most(), frame);
      case End _ -> end(frame);
    }
  }

  private void end(Frame frame) {
    if (frame == Frame.BOTTOM) {
      accepts = true;
    } else if (frame.isLoop()) {
      int node = frame.key.node();
      loop(node, (Loop) network.node(node), frame.key.needed(), frame.key.left(), frame.below());
    } else {
      visit(frame.key.node(), frame.below());
    }
  }

  private void loop(int node, Loop loop, int needed, int left, Frame frame) {
    if (needed == 0 || distances.isNullable(loop.item())) {
      visit(loop.next(), frame);
    }
    if (left > 0) {
      int rest = left == Expr.UNLIMITED ? left : left - 1;
      Frame item = frames.loop(node, Math.max(0, needed - 1), rest, frame);
      visit(loop.item(), item);
      if (loop.text().isPresent() && text.filter(known -> known.left() >= left).isEmpty()) {
        text = Optional.of(new TextLoop(loop, needed, left, item));
      }
    }
  }
}
