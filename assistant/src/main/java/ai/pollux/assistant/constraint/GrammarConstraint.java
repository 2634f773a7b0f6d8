package ai.pollux.assistant.constraint;

import ai.pollux.assistant.constraint.Network.Loop;
import ai.pollux.engine.sample.TokenConstraint;
import ai.pollux.engine.sample.TokenGuide;
import ai.pollux.engine.sample.TokenMask;
import java.util.Collection;

/**
 * Answers of a grammar. What its automaton has learned serves all guides, which take turns; so it
 * is worth keeping for the next request of the same form.
 */
final class GrammarConstraint implements TokenConstraint {
  /** A loop whose items may be empty finds all of its counts at once: there must not be many. */
  private static final int MOST_EMPTY_ITEMS = 64;

  private final TokenTable table;
  private final Automaton automaton;
  private final Masks masks;
  private final State start;

  /**
   * Compiles.
   *
   * @param endTokens ids that end an answer
   * @param vocabulary how many scores the model gives, at least as many as the tokenizer has ids
   * @throws ShapeException where no text at all keeps to the grammar, or it is too large
   */
  GrammarConstraint(
      Grammar grammar,
      Expr whole,
      TokenTable table,
      Collection<Integer> endTokens,
      int vocabulary) {
    this.table = table;
    Network network = NetworkBuilder.build(grammar, whole, table.marks());
    Distances distances = new Distances(network, table);
    check(network, distances);
    automaton = new Automaton(network, distances);
    masks = new Masks(automaton, table, endTokens, vocabulary);
    start = automaton.start();
    if (start.isDead()) {
      throw new ShapeException(
          "No answer can keep to this schema: it asks for what contradicts itself, is nested without"
              + " end, or holds characters that the model's vocabulary cannot spell.");
    }
  }

  private static void check(Network network, Distances distances) {
    new LeftRecursion(network, distances).check();
    for (Network.Node node : network.nodes()) {
      if (node instanceof Loop loop
          && distances.isNullable(loop.item())
          && loop.most() != Expr.UNLIMITED
          && loop.most() > MOST_EMPTY_ITEMS) {
        throw new ShapeException(
            "A pattern repeats what may be empty up to %d times; expected at most %d, or no limit."
                .formatted(loop.most(), MOST_EMPTY_ITEMS));
      }
    }
  }

  @Override
  public TokenGuide begin() {
    return new Guide();
  }

  @Override
  public int leastTokens() {
    return start.distance;
  }

  private final class Guide implements TokenGuide {
    private State state = start;

    @Override
    public TokenMask allowed(int room) {
      synchronized (automaton) {
        automaton.trim();
        return masks.allowed(state, room);
      }
    }

    @Override
    public void advance(int token) {
      synchronized (automaton) {
        char[] spelling = table.spelling(token);
        State to = state;
        for (char symbol : spelling) {
          to = automaton.step(to, symbol);
        }
        if (spelling.length == 0 || to.isDead()) {
          throw new IllegalArgumentException("token %d cannot come here".formatted(token));
        }
        state = to;
      }
    }
  }
}
