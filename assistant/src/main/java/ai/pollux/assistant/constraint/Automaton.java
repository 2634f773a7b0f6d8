package ai.pollux.assistant.constraint;

import ai.pollux.assistant.constraint.Network.Edge;
import ai.pollux.assistant.constraint.State.Place;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks a network, all ways at once. States are found when they are first reached, and remembered:
 * in steady state a symbol is one look into an array. For one thread at a time.
 */
final class Automaton {
  /** States that are remembered, each of about 2 KB with its table. */
  static final int MOST_STATES = 8192;

  private static final State DEAD = new State(List.of(), false, Optional.empty(), Distances.NEVER);

  private final Network network;
  private final Distances distances;
  private final Frames frames;
  private final Map<Known, State> known = new HashMap<>();

  /** What makes two states one: where they are. */
  private record Known(List<Place> places, boolean accepts) {}

  Automaton(Network network, Distances distances) {
    this.network = network;
    this.distances = distances;
    frames = new Frames(network, distances);
  }

  /** Behind no text. */
  State start() {
    Closure closure = new Closure(network, distances, frames);
    closure.add(network.start(), Frame.BOTTOM);
    return remembered(closure.state());
  }

  /** Behind one more symbol; dead where it cannot come. */
  State step(State from, int symbol) {
    @Nullable State[] next = from.next;
    if (next == null) {
      next = new State[network.symbols()];
      from.next = next;
    }
    State to = next[symbol];
    if (to == null) {
      to = find(from, symbol);
      next[symbol] = to;
    }
    return to;
  }

  /** Forgets old states where there are too many. Between tokens. */
  void trim() {
    if (known.size() > MOST_STATES) {
      for (State state : known.values()) {
        state.next = null;
        state.mask = null;
      }
      known.clear();
      frames.clear();
    }
  }

  private State find(State from, int symbol) {
    Closure closure = new Closure(network, distances, frames);
    boolean any = false;
    for (Place place : from.places) {
      Edge edge = (Edge) network.node(place.node());
      if (edge.reads(symbol)) {
        closure.add(edge.next(), place.frame());
        any = true;
      }
    }
    return any ? remembered(closure.state()) : DEAD;
  }

  private State remembered(State state) {
    if (state.isDead()) {
      return DEAD;
    }
    State first = known.putIfAbsent(new Known(state.places, state.accepts), state);
    return first == null ? state : first;
  }
}
