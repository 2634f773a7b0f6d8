package ai.pollux.engine.cache;

/**
 * A stretch of placeholders in a prompt, whose rows come from an image, a video frame or a sound.
 *
 * @param from the position of the first placeholder
 * @param count how many there are
 * @param isBlock whether its rows may look at each other, so that a step holds them all
 * @param key of what they stand for
 */
public record MediaSpan(int from, int count, boolean isBlock, ContentKey key) {
  /** The position after the last placeholder. */
  public int end() {
    return from + count;
  }
}
