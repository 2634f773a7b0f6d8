package ai.pollux.tensor;

/**
 * A step over sequences whose earlier keys and values are in a cache. {@link Ops#attention} first
 * writes the step's own keys and values to the cache, then reads everything from there, so that a
 * result does not depend on how a prompt was cut into steps.
 */
public interface CachedPast extends Past {
  /** Where the keys and values are. */
  KvCache cache();

  /**
   * The page that holds positions {@code block * pageSize …} of a sequence, for the layers of a
   * group.
   *
   * @return a page index; unspecified for blocks that lie wholly before the window of the group's
   *     layers
   */
  int page(int group, int sequence, int block);
}
