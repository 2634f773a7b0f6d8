package ai.pollux.tensor;

/**
 * Keys and values of past tokens, in pages. Made by {@link Backend#cache}, closed by who made it.
 * Which page belongs to which sequence is not known here: see {@link CachedPast}.
 */
public interface KvCache extends AutoCloseable {
  /** Sizes and format. */
  KvCacheLayout layout();

  /**
   * Writes keys and values [G, K] of one position, {@code slot} of a page, rounded to the cache's
   * format.
   */
  void store(int layer, int page, int slot, float[] keys, float[] values);

  /** Reads keys and values [G, K] of one position back. */
  void load(int layer, int page, int slot, float[] keys, float[] values);

  /**
   * Copies a page of all layers of a group, so that two sequences that shared it can go on
   * differently.
   */
  void copyPage(int group, int from, int to);

  @Override
  void close();
}
