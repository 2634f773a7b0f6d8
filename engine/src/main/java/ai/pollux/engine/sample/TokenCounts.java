package ai.pollux.engine.sample;

import java.util.Arrays;

/** How often each token occurred: an open hash table of ints. */
final class TokenCounts {
  private static final int EMPTY = -1;

  private int[] tokens = new int[64];
  private int[] counts = new int[64];
  private int size;

  TokenCounts() {
    Arrays.fill(tokens, EMPTY);
  }

  /** One more. */
  void add(int token) {
    if (2 * size >= tokens.length) {
      grow();
    }
    int slot = slot(token);
    if (tokens[slot] == EMPTY) {
      tokens[slot] = token;
      size++;
    }
    counts[slot]++;
  }

  /** scores[t] -= presence + frequency · count for each token t that occurred. */
  void penalize(float[] scores, float presence, float frequency) {
    for (int slot = 0; slot < tokens.length; slot++) {
      if (tokens[slot] != EMPTY) {
        scores[tokens[slot]] -= presence + frequency * counts[slot];
      }
    }
  }

  private int slot(int token) {
    int slot = ((token * 0x9E3779B9) >>> 16) & (tokens.length - 1);
    while (tokens[slot] != EMPTY && tokens[slot] != token) {
      slot = (slot + 1) & (tokens.length - 1);
    }
    return slot;
  }

  private void grow() {
    int[] oldTokens = tokens;
    int[] oldCounts = counts;
    tokens = new int[2 * oldTokens.length];
    counts = new int[2 * oldTokens.length];
    Arrays.fill(tokens, EMPTY);
    for (int i = 0; i < oldTokens.length; i++) {
      if (oldTokens[i] != EMPTY) {
        int slot = slot(oldTokens[i]);
        tokens[slot] = oldTokens[i];
        counts[slot] = oldCounts[i];
      }
    }
  }
}
