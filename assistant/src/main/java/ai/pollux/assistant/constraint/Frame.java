package ai.pollux.assistant.constraint;

import org.jspecify.annotations.Nullable;

/**
 * What is still to do when a rule or a loop's item ends: go on at a node, or the loop again. Frames
 * lie on each other; equal ones are one object, so that their identity is their value.
 *
 * @see Frames
 */
final class Frame {
  /** Below all frames: the end of the text. */
  static final Frame BOTTOM = new Frame(0, new Key(-1, -1, 0, -1), null, 0, 0);

  /**
   * What tells frames apart.
   *
   * @param node where to go on, or the loop
   * @param needed items that must still come; -1 where it is no loop
   * @param left items that may still come; {@link Expr#UNLIMITED} as many as one likes
   * @param below the id of the frame under this one
   */
  record Key(int node, int needed, int left, long below) {}

  final long id;
  final Key key;
  private final @Nullable Frame below;

  /** Tokens from the end of the rule or item to the end of the text. */
  final int distance;

  /** How many frames lie under it. */
  final int depth;

  Frame(long id, Key key, @Nullable Frame below, int distance, int depth) {
    this.id = id;
    this.key = key;
    this.below = below;
    this.distance = distance;
    this.depth = depth;
  }

  boolean isLoop() {
    return key.needed() >= 0;
  }

  Frame below() {
    if (below == null) {
      throw new IllegalStateException("nothing lies under the end of a text");
    }
    return below;
  }
}
