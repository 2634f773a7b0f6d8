package ai.pollux.model.families;

import ai.pollux.model.ModelInfo;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.CachedPast;
import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import ai.pollux.tensor.quant.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * The simplest page table: one sequence, its pages handed out backwards, so that a reader who takes
 * a block's number for its page is caught. A window's old pages are given to its new blocks.
 */
final class PagedPast implements CachedPast, AutoCloseable {
  private static final int PAGE_SIZE = 4;

  private final KvCache cache;
  private final int[] lastVisible;
  private int position;
  private int rows;

  /** Causal throughout, in steps of at most {@link Goldens#CHUNK} rows. */
  PagedPast(Backend backend, ModelInfo info, int positions) {
    this(backend, info, positions, Goldens.CHUNK, new int[0]);
  }

  /**
   * A sequence with media.
   *
   * @param chunk the most rows of a step
   * @param lastVisible how far the first positions look; later ones are causal
   */
  PagedPast(Backend backend, ModelInfo info, int positions, int chunk, int[] lastVisible) {
    this.lastVisible = lastVisible;
    SequencedSet<Integer> windows = new TreeSet<>();
    info.cacheLayers().forEach(layer -> windows.add(layer.window()));
    List<Integer> order = List.copyOf(windows);
    List<KvCacheLayout.Group> groups = new ArrayList<>();
    for (int window : order) {
      int needed = window == AttentionSpec.UNBOUNDED ? positions : window + chunk;
      groups.add(new KvCacheLayout.Group(window, needed / PAGE_SIZE + 2));
    }
    List<KvCacheLayout.Layer> layers = new ArrayList<>();
    for (ModelInfo.CacheLayer layer : info.cacheLayers()) {
      int group = order.indexOf(layer.window());
      layers.add(new KvCacheLayout.Layer(group, layer.kvHeads(), layer.headSize()));
    }
    cache = backend.cache(new KvCacheLayout(PAGE_SIZE, groups, layers, Formats.F32));
  }

  /** The next rows of the sequence. */
  PagedPast next(int count) {
    position += rows;
    rows = count;
    return this;
  }

  @Override
  public KvCache cache() {
    return cache;
  }

  @Override
  public int page(int group, int sequence, int block) {
    int pages = cache.layout().groups().get(group).pages();
    return pages - 1 - block % pages;
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int sequences() {
    return 1;
  }

  @Override
  public int firstRow(int sequence) {
    return sequence * rows;
  }

  @Override
  public int position(int row) {
    return position + row;
  }

  @Override
  public int lastVisible(int row) {
    int at = position(row);
    return at < lastVisible.length ? lastVisible[at] : at;
  }

  @Override
  public void close() {
    cache.close();
  }
}
