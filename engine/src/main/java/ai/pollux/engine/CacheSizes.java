package ai.pollux.engine;

import ai.pollux.engine.cache.PageGroup;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.ModelInfo.CacheLayer;
import ai.pollux.tensor.KvCacheLayout;
import java.util.List;

/** How large the cache is: the pages of each group of layers with one window. */
final class CacheSizes {
  private CacheSizes() {}

  /** The cache of a model under these options. */
  static KvCacheLayout layout(ModelInfo model, EngineOptions options) {
    List<Integer> windows =
        model.cacheLayers().stream().map(CacheLayer::window).distinct().toList();
    return new KvCacheLayout(
        options.pageSize(),
        windows.stream()
            .map(window ->
                new KvCacheLayout.Group(window, pages(window, mostRows(model, options), options)))
            .toList(),
        model.cacheLayers().stream()
            .map(layer ->
                new KvCacheLayout.Layer(
                    windows.indexOf(layer.window()), layer.kvHeads(), layer.headSize()))
            .toList(),
        options.cacheFormat());
  }

  /** The most rows that a sequence has in a step, which cuts no image. */
  static int mostRows(ModelInfo model, EngineOptions options) {
    return Math.max(options.stepTokens(), model.media().isEmpty() ? 0 : PromptMedium.MOST_ROWS);
  }

  /** The same groups, for who only counts. */
  static List<PageGroup> groups(KvCacheLayout layout) {
    return layout.groups().stream()
        .map(group -> new PageGroup(group.window(), group.pages()))
        .toList();
  }

  /**
   * Without a window: all tokens of the cache. With one: as many pages as the most sequences have
   * in their windows (which start and end anywhere in a page) and one step's rows; never more than
   * without.
   */
  private static int pages(int window, int mostRows, EngineOptions options) {
    long all = divideUp(options.cacheTokens(), options.pageSize());
    long ofWindow = divideUp(window, options.pageSize()) + 1;
    long ofStep = divideUp(mostRows, options.pageSize()) + 1;
    return (int) Math.min(all, options.maxSequences() * ofWindow + ofStep);
  }

  private static long divideUp(long a, long b) {
    return (a + b - 1) / b;
  }
}
