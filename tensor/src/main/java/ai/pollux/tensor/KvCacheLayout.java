package ai.pollux.tensor;

import ai.pollux.tensor.quant.BlockFormat;
import java.util.List;

/**
 * The sizes of a key/value cache.
 *
 * <p>Layers with the same window form a group and share page tables: a group of sliding layers
 * gives its old pages back, a global group keeps all.
 *
 * @param pageSize positions per page
 * @param groups the pages of each group
 * @param layers the layers that own keys and values, in the order that {@link AttentionSpec#layer}
 *     counts
 * @param format how values are kept: F32, F16 or BF16
 */
public record KvCacheLayout(
    int pageSize, List<Group> groups, List<Layer> layers, BlockFormat format) {
  /** Refuses pages of no positions, layers of an unknown group and formats in blocks. */
  public KvCacheLayout {
    groups = List.copyOf(groups);
    layers = List.copyOf(layers);
    if (pageSize < 1) {
      throw new IllegalArgumentException(
          "cache: expected pages of 1 position or more, found " + pageSize);
    }
    if (format.blockSize() != 1) {
      throw new IllegalArgumentException(
          "cache: expected a plain format (F32, F16, BF16), found " + format.name());
    }
    for (int i = 0; i < layers.size(); i++) {
      int group = layers.get(i).group();
      if (group < 0 || group >= groups.size()) {
        throw new IllegalArgumentException(
            "cache: layer %d names group %d of %d".formatted(i, group, groups.size()));
      }
    }
  }

  /**
   * Layers that share page tables.
   *
   * @param window how far back they look; {@link AttentionSpec#UNBOUNDED} for all
   * @param pages how many pages the cache has for each of them
   */
  public record Group(int window, int pages) {}

  /**
   * One layer that owns keys and values: {@code kvHeads} heads of {@code headSize}, paged by {@code
   * group}.
   */
  public record Layer(int group, int kvHeads, int headSize) {
    /** Values that one position takes, keys and values together. */
    public long valuesPerPosition() {
      return 2L * kvHeads * headSize;
    }
  }

  /** What the cache takes in memory. */
  public long bytes() {
    long bytes = 0;
    for (Layer layer : layers) {
      bytes += groups.get(layer.group()).pages() * pageBytes(layer);
    }
    return bytes;
  }

  private long pageBytes(Layer layer) {
    return pageSize * 2L * layer.kvHeads() * format.bytesFor(layer.headSize());
  }
}
