package ai.pollux.tensor;

/**
 * The keys and values that the rows of one sequence may look at, each [G · K], read from the step
 * or from a cache.
 */
final class SeenKeys {
  private final int first;
  private final float[][] keys;
  private final float[][] values;

  /** Room for positions {@code first … end - 1}. */
  private SeenKeys(int first, int end, int width) {
    this.first = first;
    keys = new float[end - first][width];
    values = new float[end - first][width];
  }

  static SeenKeys of(Tensor k, Tensor v, AttentionSpec spec, Past past, int sequence) {
    int row = past.firstRow(sequence);
    int endRow = past.firstRow(sequence + 1);
    int width = k.size(1) * k.size(2);
    if (row == endRow) {
      return new SeenKeys(0, 0, width);
    }
    int end = past.position(endRow - 1) + 1;
    for (int r = row; r < endRow; r++) {
      if (spec.lastVisible(past, r) >= end) {
        throw new IllegalArgumentException(
            "attention: row %d may look at position %d, but its sequence ends with %d; a step holds"
                    .formatted(r, past.lastVisible(r), end - 1)
                + " media blocks whole");
      }
    }
    return past instanceof CachedPast cached
        ? ofCache(spec, cached, sequence, end, width)
        : ofStep(k, v, past, sequence, end);
  }

  private static SeenKeys ofStep(Tensor k, Tensor v, Past past, int sequence, int end) {
    int width = k.size(1) * k.size(2);
    SeenKeys seen = new SeenKeys(past.position(past.firstRow(sequence)), end, width);
    for (int row = past.firstRow(sequence); row < past.firstRow(sequence + 1); row++) {
      k.copyTo(row * width, seen.key(past.position(row)), 0, width);
      v.copyTo(row * width, seen.value(past.position(row)), 0, width);
    }
    return seen;
  }

  private static SeenKeys ofCache(
      AttentionSpec spec, CachedPast past, int sequence, int end, int width) {
    long first = (long) past.position(past.firstRow(sequence)) - spec.window() + 1;
    SeenKeys seen = new SeenKeys((int) Math.max(0, first), end, width);
    KvCacheLayout layout = past.cache().layout();
    int group = layout.layers().get(spec.layer()).group();
    for (int p = seen.first; p < end; p++) {
      int page = past.page(group, sequence, p / layout.pageSize());
      past.cache().load(spec.layer(), page, p % layout.pageSize(), seen.key(p), seen.value(p));
    }
    return seen;
  }

  /** Writes the step's own keys and values to the cache. */
  static void store(Tensor k, Tensor v, int layer, CachedPast past) {
    KvCacheLayout layout = past.cache().layout();
    int group = layout.layers().get(layer).group();
    int width = k.size(1) * k.size(2);
    float[] key = new float[width];
    float[] value = new float[width];
    for (int s = 0; s < past.sequences(); s++) {
      for (int row = past.firstRow(s); row < past.firstRow(s + 1); row++) {
        int p = past.position(row);
        k.copyTo(row * width, key, 0, width);
        v.copyTo(row * width, value, 0, width);
        int page = past.page(group, s, p / layout.pageSize());
        past.cache().store(layer, page, p % layout.pageSize(), key, value);
      }
    }
  }

  /** The first position there is. */
  int first() {
    return first;
  }

  float[] key(int position) {
    return keys[position - first];
  }

  float[] value(int position) {
    return values[position - first];
  }
}
