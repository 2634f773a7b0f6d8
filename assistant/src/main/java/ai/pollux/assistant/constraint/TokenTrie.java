package ai.pollux.assistant.constraint;

import java.util.Arrays;

/**
 * Tokens by their symbols, as a tree whose nodes stand in the order of a walk: each node before its
 * children, children in order of symbol.
 */
final class TokenTrie {
  private final char[] symbols;
  private final short[] depths;
  private final int[] ends;
  private final int[] firstTokens;
  private final int[] tokens;

  private TokenTrie(char[] symbols, short[] depths, int[] ends, int[] firstTokens, int[] tokens) {
    this.symbols = symbols;
    this.depths = depths;
    this.ends = ends;
    this.firstTokens = firstTokens;
    this.tokens = tokens;
  }

  /** Of tokens in order of their spellings, of which {@code spellings[i]} belongs to token i. */
  static TokenTrie of(int[] inOrder, char[][] spellings) {
    int room = 0;
    char[] last = {};
    for (int token : inOrder) {
      room += spellings[token].length - shared(last, spellings[token]);
      last = spellings[token];
    }
    TokenTrie trie =
        new TokenTrie(
            new char[room], new short[room], new int[room], new int[room + 1], inOrder.clone());
    trie.fill(spellings);
    return trie;
  }

  private void fill(char[][] spellings) {
    int[] open = new int[longest(spellings) + 1];
    char[] last = {};
    int node = 0;
    for (int t = 0; t < tokens.length; t++) {
      char[] spelling = spellings[tokens[t]];
      int shared = shared(last, spelling);
      for (int d = shared; d < last.length; d++) {
        ends[open[d]] = node;
      }
      for (int d = shared; d < spelling.length; d++) {
        symbols[node] = spelling[d];
        depths[node] = (short) d;
        firstTokens[node] = t;
        open[d] = node++;
      }
      last = spelling;
    }
    for (int d = 0; d < last.length; d++) {
      ends[open[d]] = node;
    }
    firstTokens[node] = tokens.length;
  }

  private int longest(char[][] spellings) {
    return Arrays.stream(tokens).map(token -> spellings[token].length).max().orElse(0);
  }

  private static int shared(char[] a, char[] b) {
    int mismatch = Arrays.mismatch(a, b);
    return mismatch < 0 ? a.length : mismatch;
  }

  int nodes() {
    return symbols.length;
  }

  /** What a node adds to its parent. */
  int symbol(int node) {
    return symbols[node];
  }

  /** 0 for the first symbol of a token. */
  int depth(int node) {
    return depths[node];
  }

  /** The node behind all that begin like this one. */
  int end(int node) {
    return ends[node];
  }

  /** The first of the tokens that end here, as a place for {@link #token}. */
  int firstToken(int node) {
    return firstTokens[node];
  }

  /** Behind the last of them: the next node's first. */
  int endToken(int node) {
    return firstTokens[node + 1];
  }

  int token(int place) {
    return tokens[place];
  }

  /** The child of a node that reads a symbol, or -1; -1 as parent for the first symbols. */
  int child(int parent, int symbol) {
    int node = parent + 1;
    int end = parent < 0 ? symbols.length : ends[parent];
    while (node < end && symbols[node] != symbol) {
      node = ends[node];
    }
    return node < end ? node : -1;
  }
}
