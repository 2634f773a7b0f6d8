package ai.pollux.engine.cache;

/**
 * The pages of layers with one window.
 *
 * @param window how many positions back they look, itself included; {@link Integer#MAX_VALUE} for
 *     all
 * @param pages how many pages there are
 */
public record PageGroup(int window, int pages) {
  /** The first block that a row at this position, or a later one, looks at. */
  int firstBlock(int position, int pageSize) {
    return Math.max(0, position - window + 1) / pageSize;
  }
}
