package ai.pollux.tensor;

/** What {@link Ops#attention} means. */
final class AttentionDefinition {
  private AttentionDefinition() {}

  static Tensor attention(Ops ops, Tensor q, Tensor k, Tensor v, AttentionSpec spec, Past past) {
    Checks.rank("attention", 3, q);
    Checks.rank("attention", 3, k);
    Checks.same("attention", k, v);
    Checks.size("attention", "rows", past.rows(), q.size(0));
    Checks.size("attention", "rows of keys", past.rows(), k.size(0));
    Checks.size("attention", "head size of keys", q.size(2), k.size(2));
    if (q.size(1) % k.size(1) != 0) {
      throw new IllegalArgumentException(
          "attention: expected query heads in multiples of %d key/value heads, found %d"
              .formatted(k.size(1), q.size(1)));
    }
    Keys keys =
        past instanceof CachedPast cached
            ? Keys.ofCache(k, v, spec, cached)
            : Keys.ofStep(k, v, past);
    int heads = q.size(1);
    int headSize = q.size(2);
    float[] queries = q.toArray();
    float[] out = new float[queries.length];
    for (int s = 0; s < past.sequences(); s++) {
      for (int row = past.firstRow(s); row < past.firstRow(s + 1); row++) {
        int last = past.lastVisible(row);
        int first = (int) Math.max(0L, (long) past.position(row) - spec.window() + 1);
        for (int head = 0; head < heads; head++) {
          int group = head * k.size(1) / heads;
          attend(
              queries,
              (row * heads + head) * headSize,
              headSize,
              keys,
              s,
              group,
              first,
              last,
              spec,
              out);
        }
      }
    }
    return ops.tensor(Shape.of(q.size(0), heads * headSize), out);
  }

  private static void attend(
      float[] queries,
      int at,
      int headSize,
      Keys keys,
      int sequence,
      int group,
      int first,
      int last,
      AttentionSpec spec,
      float[] out) {
    double[] scores = new double[last - first + 1];
    double max = Double.NEGATIVE_INFINITY;
    for (int p = first; p <= last; p++) {
      float[] key = keys.key(sequence, p);
      double score = 0;
      for (int i = 0; i < headSize; i++) {
        score += (double) queries[at + i] * key[group * headSize + i];
      }
      score *= spec.scale();
      if (spec.softcap() > 0) {
        score = spec.softcap() * Math.tanh(score / spec.softcap());
      }
      scores[p - first] = score;
      max = Math.max(max, score);
    }
    double sum = 0;
    double[] mix = new double[headSize];
    for (int p = first; p <= last; p++) {
      double share = Math.exp(scores[p - first] - max);
      sum += share;
      float[] value = keys.value(sequence, p);
      for (int i = 0; i < headSize; i++) {
        mix[i] += share * value[group * headSize + i];
      }
    }
    for (int i = 0; i < headSize; i++) {
      out[at + i] = (float) (mix[i] / sum);
    }
  }

  /**
   * Keys and values [G, K] of every position that a row of the step may see: by sequence and
   * position.
   */
  private record Keys(float[][][] keys, float[][][] values) {
    float[] key(int sequence, int position) {
      return keys[sequence][position];
    }

    float[] value(int sequence, int position) {
      return values[sequence][position];
    }

    static Keys ofStep(Tensor k, Tensor v, Past past) {
      Keys all = room(k, past, new int[past.sequences()]);
      int width = k.size(1) * k.size(2);
      for (int s = 0; s < past.sequences(); s++) {
        for (int row = past.firstRow(s); row < past.firstRow(s + 1); row++) {
          k.copyTo(row * width, all.keys[s][past.position(row)], 0, width);
          v.copyTo(row * width, all.values[s][past.position(row)], 0, width);
        }
      }
      return all;
    }

    static Keys ofCache(Tensor k, Tensor v, AttentionSpec spec, CachedPast past) {
      KvCache cache = past.cache();
      int pageSize = cache.layout().pageSize();
      int group = cache.layout().layers().get(spec.layer()).group();
      int[] first = new int[past.sequences()];
      if (spec.storesKeys()) {
        store(k, v, spec.layer(), group, past);
      }
      for (int s = 0; s < past.sequences(); s++) {
        first[s] = (int) Math.max(0L, (long) past.position(past.firstRow(s)) - spec.window() + 1);
      }
      Keys all = room(k, past, first);
      for (int s = 0; s < past.sequences(); s++) {
        for (int p = first[s]; p < all.keys[s].length; p++) {
          int page = past.page(group, s, p / pageSize);
          cache.load(spec.layer(), page, p % pageSize, all.keys[s][p], all.values[s][p]);
        }
      }
      return all;
    }

    private static void store(Tensor k, Tensor v, int layer, int group, CachedPast past) {
      int pageSize = past.cache().layout().pageSize();
      int width = k.size(1) * k.size(2);
      float[] key = new float[width];
      float[] value = new float[width];
      for (int s = 0; s < past.sequences(); s++) {
        for (int row = past.firstRow(s); row < past.firstRow(s + 1); row++) {
          int p = past.position(row);
          k.copyTo(row * width, key, 0, width);
          v.copyTo(row * width, value, 0, width);
          past.cache().store(layer, past.page(group, s, p / pageSize), p % pageSize, key, value);
        }
      }
    }

    /**
     * Empty places for positions {@code first[s] …} of each sequence; places before that have no
     * room and are never read.
     */
    private static Keys room(Tensor k, Past past, int[] first) {
      int width = k.size(1) * k.size(2);
      float[][][] keys = new float[past.sequences()][][];
      float[][][] values = new float[past.sequences()][][];
      for (int s = 0; s < past.sequences(); s++) {
        int end = past.position(past.firstRow(s + 1) - 1) + 1;
        keys[s] = new float[end][];
        values[s] = new float[end][];
        for (int p = first[s]; p < end; p++) {
          keys[s][p] = new float[width];
          values[s][p] = new float[width];
        }
      }
      return new Keys(keys, values);
    }
  }
}
