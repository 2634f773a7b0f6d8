package ai.pollux.tensor.reference;

import ai.pollux.tensor.KvCache;
import ai.pollux.tensor.KvCacheLayout;
import java.lang.foreign.MemorySegment;

/**
 * A cache in byte arrays, one per layer: [page][slot][key or value][G · K] in the layout's format.
 */
final class ArrayKvCache implements KvCache {
  private final KvCacheLayout layout;
  private final MemorySegment[] layers;

  ArrayKvCache(KvCacheLayout layout) {
    this.layout = layout;
    layers = new MemorySegment[layout.layers().size()];
    for (int i = 0; i < layers.length; i++) {
      int pages = layout.groups().get(layout.layers().get(i).group()).pages();
      layers[i] = MemorySegment.ofArray(new byte[Math.toIntExact(offset(i, pages, 0))]);
    }
  }

  @Override
  public KvCacheLayout layout() {
    return layout;
  }

  @Override
  public void store(int layer, int page, int slot, float[] keys, float[] values) {
    long at = offset(layer, page, slot);
    layout.format().encode(keys, 0, keys.length, layers[layer], at);
    layout
        .format()
        .encode(
            values, 0, values.length, layers[layer], at + layout.format().bytesFor(keys.length));
  }

  @Override
  public void load(int layer, int page, int slot, float[] keys, float[] values) {
    long at = offset(layer, page, slot);
    layout.format().decode(layers[layer], at, keys, 0, keys.length);
    layout
        .format()
        .decode(
            layers[layer], at + layout.format().bytesFor(keys.length), values, 0, values.length);
  }

  @Override
  public void copyPage(int group, int from, int to) {
    for (int i = 0; i < layers.length; i++) {
      if (layout.layers().get(i).group() == group) {
        long bytes = offset(i, 1, 0);
        MemorySegment.copy(layers[i], from * bytes, layers[i], to * bytes, bytes);
      }
    }
  }

  private long offset(int layer, int page, int slot) {
    long slots = (long) page * layout.pageSize() + slot;
    return slots * layout.format().bytesFor(layout.layers().get(layer).valuesPerPosition());
  }

  @Override
  public void close() {}
}
