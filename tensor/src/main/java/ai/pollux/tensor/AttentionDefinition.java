package ai.pollux.tensor;

/** What {@link Ops#attention} means. */
final class AttentionDefinition {
  private final AttentionSpec spec;
  private final int heads;
  private final int kvHeads;
  private final int headSize;
  private final float[] queries;
  private final float[] out;

  private AttentionDefinition(Tensor q, Tensor k, AttentionSpec spec) {
    this.spec = spec;
    heads = q.size(1);
    kvHeads = k.size(1);
    headSize = q.size(2);
    queries = q.toArray();
    out = new float[queries.length];
  }

  static Tensor attention(Ops ops, Tensor q, Tensor k, Tensor v, AttentionSpec spec, Past past) {
    Checks.attention(q, k, v, spec, past);
    if (past instanceof CachedPast cached && spec.storesKeys()) {
      SeenKeys.store(k, v, spec.layer(), cached);
    }
    AttentionDefinition attention = new AttentionDefinition(q, k, spec);
    for (int s = 0; s < past.sequences(); s++) {
      SeenKeys seen = SeenKeys.of(k, v, spec, past, s);
      for (int row = past.firstRow(s); row < past.firstRow(s + 1); row++) {
        long first = (long) past.position(row) - spec.window() + 1;
        int from = (int) Math.max(seen.first(), first);
        attention.row(row, seen, from, spec.lastVisible(past, row));
      }
    }
    return ops.tensor(Shape.of(q.size(0), q.size(1) * q.size(2)), attention.out);
  }

  private void row(int row, SeenKeys seen, int first, int last) {
    for (int head = 0; head < heads; head++) {
      int query = (row * heads + head) * headSize;
      int key = head * kvHeads / heads * headSize;
      double[] shares = shares(query, key, seen, first, last);
      double sum = 0;
      double[] mix = new double[headSize];
      for (int p = first; p <= last; p++) {
        double share = shares[p - first];
        sum += share;
        float[] value = seen.value(p);
        for (int i = 0; i < headSize; i++) {
          mix[i] += share * value[key + i];
        }
      }
      for (int i = 0; i < headSize; i++) {
        out[query + i] = (float) (mix[i] / sum);
      }
    }
  }

  /** e^(score - largest score) of each key, the query and the keys' head beginning at these. */
  private double[] shares(int query, int keyHead, SeenKeys seen, int first, int last) {
    double[] scores = new double[last - first + 1];
    double max = Double.NEGATIVE_INFINITY;
    for (int p = first; p <= last; p++) {
      float[] key = seen.key(p);
      double score = 0;
      for (int i = 0; i < headSize; i++) {
        score += (double) queries[query + i] * key[keyHead + i];
      }
      score *= spec.scale();
      if (spec.softcap() > 0) {
        score = spec.softcap() * Math.tanh(score / spec.softcap());
      }
      scores[p - first] = score;
      max = Math.max(max, score);
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - max);
    }
    return scores;
  }
}
