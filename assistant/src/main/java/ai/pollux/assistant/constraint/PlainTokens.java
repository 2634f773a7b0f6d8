package ai.pollux.assistant.constraint;

import java.util.Arrays;

/**
 * The tokens that are whole plain characters of a kind of text: inside such text they may always
 * come, whatever stands before and after it. Only the rest must be walked through an automaton.
 */
final class PlainTokens {
  private final long[][] upTo;
  private final TokenTrie rest;
  private final int[] fewest;

  private PlainTokens(long[][] upTo, TokenTrie rest, int[] fewest) {
    this.upTo = upTo;
    this.rest = rest;
    this.fewest = fewest;
  }

  static PlainTokens of(TextKind kind, int[] inOrder, char[][] spellings) {
    int[] characters = new int[spellings.length];
    int longest = 0;
    for (int token : inOrder) {
      characters[token] = characters(kind, spellings[token]);
      longest = Math.max(longest, characters[token]);
    }
    long[][] upTo = new long[longest + 1][(spellings.length + 63) / 64];
    for (int token : inOrder) {
      for (int k = characters[token]; k > 0 && k <= longest; k++) {
        upTo[k][token >> 6] |= 1L << token;
      }
    }
    int[] others = Arrays.stream(inOrder).filter(token -> characters[token] == 0).toArray();
    return new PlainTokens(
        upTo, TokenTrie.of(others, spellings), fewest(characters, inOrder, longest));
  }

  private static int characters(TextKind kind, char[] spelling) {
    byte[] bytes = new byte[spelling.length];
    for (int i = 0; i < bytes.length; i++) {
      if (spelling[i] > 255) {
        return 0;
      }
      bytes[i] = (byte) spelling[i];
    }
    return kind.plainCharacters(bytes);
  }

  /** fewest[n]: tokens that have n characters together. */
  private static int[] fewest(int[] characters, int[] inOrder, int longest) {
    boolean[] has = new boolean[longest + 1];
    for (int token : inOrder) {
      has[characters[token]] = true;
    }
    int[] fewest = new int[2 * longest + 2];
    Arrays.fill(fewest, 1, fewest.length, Distances.NEVER);
    for (int n = 1; n < fewest.length; n++) {
      for (int k = 1; k <= Math.min(n, longest); k++) {
        if (has[k]) {
          fewest[n] = Math.min(fewest[n], Distances.sum(1, fewest[n - k]));
        }
      }
    }
    return fewest;
  }

  /** The most characters of a token. */
  int longest() {
    return upTo.length - 1;
  }

  /** Bits of the tokens with at most so many characters. Not to be changed. */
  long[] upTo(int characters) {
    return upTo[Math.min(characters, longest())];
  }

  /** All other tokens. */
  TokenTrie rest() {
    return rest;
  }

  /** How many tokens write exactly so many characters. */
  int fewest(int characters) {
    int beyond = characters - (fewest.length - 1);
    if (beyond <= 0 || longest() == 0) {
      return fewest[Math.min(characters, fewest.length - 1)];
    }
    int whole = Math.ceilDiv(beyond, longest());
    return Distances.sum(whole, fewest[characters - whole * longest()]);
  }

  /** The most that {@link #fewest} is behind any token, where so many characters are needed. */
  int worstBehindOne(int needed) {
    int worst = 0;
    for (int k = 1; k <= Math.min(needed, longest()); k++) {
      worst = Math.max(worst, fewest(needed - k));
    }
    return worst;
  }
}
