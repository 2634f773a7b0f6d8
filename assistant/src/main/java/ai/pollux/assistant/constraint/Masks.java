package ai.pollux.assistant.constraint;

import ai.pollux.assistant.constraint.State.RunningText;
import ai.pollux.engine.sample.TokenMask;
import java.util.Arrays;
import java.util.Collection;

/** Says which tokens an automaton can read from a state. For one thread at a time. */
final class Masks {
  private static final int NO_LIMIT = Distances.NEVER - 1;

  private final Automaton automaton;
  private final TokenTable table;
  private final int[] endTokens;
  private final long[] bits;
  private final State[] path;
  private int worst;

  Masks(Automaton automaton, TokenTable table, Collection<Integer> endTokens, int vocabulary) {
    this.automaton = automaton;
    this.table = table;
    this.endTokens = endTokens.stream().mapToInt(Integer::intValue).toArray();
    bits = new long[(Math.max(vocabulary, table.size()) + 63) / 64];
    int longest = 0;
    for (int node = 0; node < table.trie().nodes(); node++) {
      longest = Math.max(longest, table.trie().depth(node) + 1);
    }
    path = new State[longest];
  }

  /** The tokens behind which the answer can still be ended with {@code room - 1} more. */
  TokenMask allowed(State state, int room) {
    TokenMask mask = state.mask;
    if (mask == null) {
      collect(state, NO_LIMIT);
      mask = TokenMask.ofBits(bits);
      state.mask = mask;
      state.worst = worst;
    }
    if (state.worst < room) {
      return mask;
    }
    collect(state, room - 1);
    return TokenMask.ofBits(bits);
  }

  private void collect(State state, int farthest) {
    Arrays.fill(bits, 0);
    worst = 0;
    boolean hasPlain = state.text.isPresent() && addPlain(state.text.get(), farthest);
    walk(
        hasPlain ? table.plain(state.text.orElseThrow().kind()).rest() : table.trie(),
        state,
        farthest);
    if (state.accepts) {
      for (int token : endTokens) {
        bits[token >> 6] |= 1L << token;
      }
    }
  }

  /** Adds all plain tokens of running text where all of them may come; whether that was so. */
  private boolean addPlain(RunningText text, int farthest) {
    PlainTokens plain = table.plain(text.kind());
    int behind = Distances.sum(plain.worstBehindOne(text.needed()), text.rest());
    if (behind > farthest || (!text.alone() && text.left() < plain.longest())) {
      return false;
    }
    long[] all = plain.upTo(text.left());
    System.arraycopy(all, 0, bits, 0, all.length);
    worst = behind;
    return true;
  }

  private void walk(TokenTrie trie, State from, int farthest) {
    int node = 0;
    int nodes = trie.nodes();
    while (node < nodes) {
      int depth = trie.depth(node);
      State to = automaton.step(depth == 0 ? from : path[depth - 1], trie.symbol(node));
      if (to.isDead()) {
        node = trie.end(node);
        continue;
      }
      path[depth] = to;
      if (to.distance <= farthest) {
        for (int place = trie.firstToken(node); place < trie.endToken(node); place++) {
          int token = trie.token(place);
          bits[token >> 6] |= 1L << token;
          worst = Math.max(worst, to.distance);
        }
      }
      node++;
    }
  }
}
