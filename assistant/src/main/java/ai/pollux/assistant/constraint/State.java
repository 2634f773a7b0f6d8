package ai.pollux.assistant.constraint;

import ai.pollux.engine.sample.TokenMask;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where an automaton may be behind some text: at an edge of each of these places. Equal states are
 * one object while the automaton remembers it.
 */
final class State {
  /** An edge, and what is to do behind the end of its rule. */
  record Place(int node, Frame frame) {}

  /**
   * Running text that may go on here.
   *
   * @param kind of the text
   * @param needed characters that must still come
   * @param left characters that may still come
   * @param rest tokens behind the text to the end of the answer
   * @param alone whether nothing else here reads a plain byte
   */
  record RunningText(TextKind kind, int needed, int left, int rest, boolean alone) {}

  final List<Place> places;
  final boolean accepts;
  final Optional<RunningText> text;

  /** Tokens of a way to the end that can be taken. */
  final int distance;

  /** Where each symbol leads, as far as it was asked. */
  @Nullable State @Nullable [] next;

  /** The allowed tokens where there is room enough, once they were asked for. */
  @Nullable TokenMask mask;

  /** The greatest distance behind one of the tokens of {@link #mask}. */
  int worst;

  State(List<Place> places, boolean accepts, Optional<RunningText> text, int distance) {
    this.places = places;
    this.accepts = accepts;
    this.text = text;
    this.distance = distance;
  }

  /** Whether no text goes on from here, and none ends here. */
  boolean isDead() {
    return places.isEmpty() && !accepts;
  }
}
