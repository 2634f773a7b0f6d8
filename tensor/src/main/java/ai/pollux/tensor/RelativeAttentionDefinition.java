package ai.pollux.tensor;

/** What {@link Ops#relativeAttention} means. */
final class RelativeAttentionDefinition {
  private final float[] queries;
  private final float[] keys;
  private final float[] values;
  private final float[] distances;
  private final float softcap;
  private final int width;
  private final int headSize;
  private final float[] out;

  private RelativeAttentionDefinition(
      Tensor q, Tensor k, Tensor v, Tensor distances, float softcap) {
    queries = q.toArray();
    keys = k.toArray();
    values = v.toArray();
    this.distances = distances.toArray();
    this.softcap = softcap;
    headSize = q.size(2);
    width = q.size(1) * headSize;
    out = new float[queries.length];
  }

  static Tensor attention(
      Ops ops, Tensor q, Tensor k, Tensor v, Tensor distances, float softcap, Past past) {
    Checks.relativeAttention(q, k, v, distances, softcap, past);
    var attention = new RelativeAttentionDefinition(q, k, v, distances, softcap);
    for (int s = 0; s < past.sequences(); s++) {
      int first = past.firstRow(s);
      for (int row = first; row < past.firstRow(s + 1); row++) {
        int seen = Math.min(distances.size(0), row - first + 1);
        for (int at = 0; at < attention.width; at += attention.headSize) {
          attention.head(row, at, seen);
        }
      }
    }
    return ops.tensor(Shape.of(q.size(0), attention.width), attention.out);
  }

  /** One head, from column {@code at} on, of a row that sees itself and those before it. */
  private void head(int row, int at, int seen) {
    double[] shares = new double[seen];
    double max = Double.NEGATIVE_INFINITY;
    for (int d = 0; d < seen; d++) {
      double score = 0;
      for (int i = at; i < at + headSize; i++) {
        double key = (double) keys[(row - d) * width + i] + distances[d * width + i];
        score += queries[row * width + i] * key;
      }
      shares[d] = softcap > 0 ? softcap * Math.tanh(score / softcap) : score;
      max = Math.max(max, shares[d]);
    }
    double sum = 0;
    for (int d = 0; d < seen; d++) {
      shares[d] = Math.exp(shares[d] - max);
      sum += shares[d];
    }
    for (int i = at; i < at + headSize; i++) {
      double mix = 0;
      for (int d = 0; d < seen; d++) {
        mix += shares[d] * values[(row - d) * width + i];
      }
      out[row * width + i] = (float) (mix / sum);
    }
  }
}
