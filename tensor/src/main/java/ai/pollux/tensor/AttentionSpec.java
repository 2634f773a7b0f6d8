package ai.pollux.tensor;

/**
 * The constants of one attention layer.
 *
 * @param layer which layer of the cache holds its keys and values; layers that share keys and
 *     values name the same one
 * @param storesKeys whether this layer writes its keys and values there; false where an earlier
 *     layer of the same step did
 * @param window how many keys back a row may look, itself included; {@link #UNBOUNDED} where there
 *     is no limit
 * @param scale multiplies q · k
 * @param softcap c in c · tanh(score / c); 0 for none
 * @param looksAhead whether a row sees up to {@link Past#lastVisible}, else up to itself: media
 *     blocks in the layers whose family lets them, and encoders
 */
public record AttentionSpec(
    int layer, boolean storesKeys, int window, float scale, float softcap, boolean looksAhead) {
  /** No sliding window. */
  public static final int UNBOUNDED = Integer.MAX_VALUE;

  /** Refuses a window that sees nothing and a negative soft cap. */
  public AttentionSpec {
    if (window < 1) {
      throw new IllegalArgumentException(
          "layer %d: expected a window of 1 or more, found %d".formatted(layer, window));
    }
    if (!(softcap >= 0)) {
      throw new IllegalArgumentException(
          "layer %d: expected a soft cap of 0 (none) or more, found %s".formatted(layer, softcap));
    }
  }

  /** Causal attention without a soft cap. */
  public static AttentionSpec causal(int layer, boolean storesKeys, int window, float scale) {
    return new AttentionSpec(layer, storesKeys, window, scale, 0, false);
  }

  /** The last position that a row sees in this layer. */
  public int lastVisible(Past past, int row) {
    return looksAhead ? past.lastVisible(row) : past.position(row);
  }
}
