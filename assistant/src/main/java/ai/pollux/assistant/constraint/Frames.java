package ai.pollux.assistant.constraint;

import ai.pollux.assistant.constraint.Network.Loop;
import java.util.HashMap;
import java.util.Map;

/** All frames that an automaton has seen, each once. */
final class Frames {
  private final Network network;
  private final Distances distances;
  private final Map<Frame.Key, Frame> known = new HashMap<>();
  private long lastId;

  Frames(Network network, Distances distances) {
    this.network = network;
    this.distances = distances;
  }

  /** Goes on at a node when a rule ends. */
  Frame call(int next, Frame below) {
    return frame(new Frame.Key(next, -1, 0, below.id), below, distances.tokens(next));
  }

  /** Goes on with a loop when its item ends. */
  Frame loop(int node, int needed, int left, Frame below) {
    Loop loop = (Loop) network.node(node);
    int own = Distances.sum(distances.tokens(loop, needed), distances.tokens(loop.next()));
    return frame(new Frame.Key(node, needed, left, below.id), below, own);
  }

  /** Forgets all; frames that are still in use stay what they are. */
  void clear() {
    known.clear();
  }

  private Frame frame(Frame.Key key, Frame below, int own) {
    Frame frame = known.get(key);
    if (frame == null) {
      frame = new Frame(++lastId, key, below, Distances.sum(own, below.distance), below.depth + 1);
      known.put(key, frame);
    }
    return frame;
  }
}
