package ai.pollux.tensor.simd;

import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import java.util.Objects;

/**
 * A cache in off-heap memory that costs nothing until it is touched.
 *
 * <p>Per layer {@code [page][kvHead]}, and for each of those first the keys {@code [K][slot]}, then
 * the values {@code [slot][K]}: keys with slots innermost, so that one vector holds the same value
 * of neighbouring positions and scores need no sums across lanes. Slots are padded to whole vectors
 * of 16.
 */
final class SimdKvCache implements KvCache {
  private static final int SLOT_PADDING = 16;

  private final NativeMemory memory;
  private final KvCacheLayout layout;
  private final CacheFormat format;
  private final int slots;
  private final long[] layers;
  private boolean closed;

  SimdKvCache(NativeMemory memory, KvCacheLayout layout) {
    this.memory = memory;
    this.layout = layout;
    format = CacheFormat.of(layout.format());
    slots = (layout.pageSize() + SLOT_PADDING - 1) & -SLOT_PADDING;
    layers = new long[layout.layers().size()];
    for (int i = 0; i < layers.length; i++) {
      KvCacheLayout.Layer layer = layout.layers().get(i);
      layers[i] =
          memory.allocate(
              (long) layout.groups().get(layer.group()).pages() * layer.kvHeads() * headBytes(i));
    }
  }

  @Override
  public KvCacheLayout layout() {
    return layout;
  }

  CacheFormat format() {
    return format;
  }

  /** Slots per page with padding: the distance of a key's values in memory. */
  int slots() {
    return slots;
  }

  /** Where the keys of one head in one page are; its values follow {@link #keyBytes} later. */
  long address(int layer, int page, int kvHead) {
    if (closed) {
      throw new IllegalStateException("the key/value cache was closed");
    }
    memory.checkOpen("the key/value cache");
    KvCacheLayout.Layer sizes = layout.layers().get(layer);
    Objects.checkIndex(page, layout.groups().get(sizes.group()).pages());
    return layers[layer] + ((long) page * sizes.kvHeads() + kvHead) * headBytes(layer);
  }

  /** Bytes of the keys of one head in one page. */
  long keyBytes(int layer) {
    return (long) slots * layout.layers().get(layer).headSize() * format.bytes();
  }

  private long headBytes(int layer) {
    return 2 * keyBytes(layer);
  }

  @Override
  public void store(int layer, int page, int slot, float[] keys, float[] values) {
    int headSize = checkedHeadSize(layer, slot, keys, values);
    for (int i = 0; i < keys.length; i++) {
      long head = address(layer, page, i / headSize);
      format.set(keyAt(head, slot, i % headSize), keys[i]);
      format.set(valueAt(head, layer, slot, i % headSize), values[i]);
    }
  }

  @Override
  public void load(int layer, int page, int slot, float[] keys, float[] values) {
    int headSize = checkedHeadSize(layer, slot, keys, values);
    for (int i = 0; i < keys.length; i++) {
      long head = address(layer, page, i / headSize);
      keys[i] = format.get(keyAt(head, slot, i % headSize));
      values[i] = format.get(valueAt(head, layer, slot, i % headSize));
    }
  }

  private int checkedHeadSize(int layer, int slot, float[] keys, float[] values) {
    KvCacheLayout.Layer sizes = layout.layers().get(layer);
    Objects.checkIndex(slot, layout.pageSize());
    int width = sizes.kvHeads() * sizes.headSize();
    if (keys.length != width || values.length != width) {
      throw new IllegalArgumentException(
          "cache layer %d: expected keys and values of length %d, found %d and %d"
              .formatted(layer, width, keys.length, values.length));
    }
    return sizes.headSize();
  }

  private long keyAt(long head, int slot, int index) {
    return head + ((long) index * slots + slot) * format.bytes();
  }

  private long valueAt(long head, int layer, int slot, int index) {
    long inRow = (long) slot * layout.layers().get(layer).headSize() + index;
    return head + keyBytes(layer) + inRow * format.bytes();
  }

  @Override
  public void copyPage(int group, int from, int to) {
    for (int i = 0; i < layers.length; i++) {
      KvCacheLayout.Layer layer = layout.layers().get(i);
      if (layer.group() == group) {
        Memory.copy(address(i, from, 0), address(i, to, 0), layer.kvHeads() * headBytes(i));
      }
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      for (long layer : layers) {
        memory.free(layer);
      }
    }
  }
}
