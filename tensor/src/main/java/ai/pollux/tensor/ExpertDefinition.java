package ai.pollux.tensor;

import java.util.Arrays;

/** What {@link Ops#experts} and {@link Ops#route} mean. */
final class ExpertDefinition {
  private ExpertDefinition() {}

  static Tensor experts(
      Ops ops, Tensor x, Tensor routing, Weight[] gateUp, Weight[] down, Activation activation) {
    Checks.experts(x, routing, gateUp, down);
    int width = x.size(1);
    float[] shares = routing.toArray();
    double[] sum = new double[x.elements()];
    for (int e = 0; e < gateUp.length; e++) {
      int[] rows = routedRows(shares, e, gateUp.length);
      if (rows.length > 0) {
        Tensor both = ops.linear(ops.rows(x, rows), gateUp[e]);
        int size = both.size(1) / 2;
        Tensor hidden =
            ops.gated(ops.columns(both, 0, size), ops.columns(both, size, size), activation);
        float[] part = ops.linear(hidden, down[e]).toArray();
        for (int r = 0; r < rows.length; r++) {
          float share = shares[rows[r] * gateUp.length + e];
          for (int i = 0; i < width; i++) {
            sum[rows[r] * width + i] += (double) share * part[r * width + i];
          }
        }
      }
    }
    float[] out = new float[sum.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) sum[i];
    }
    return ops.tensor(x.shape(), out);
  }

  private static int[] routedRows(float[] shares, int expert, int experts) {
    int[] rows = new int[shares.length / experts];
    int count = 0;
    for (int t = 0; t < rows.length; t++) {
      if (shares[t * experts + expert] != 0) {
        rows[count++] = t;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  static Tensor route(Ops ops, Tensor scores, int count) {
    Checks.route(scores, count);
    int experts = scores.size(1);
    float[] shares = ops.softmax(scores).toArray();
    for (int t = 0; t < scores.size(0); t++) {
      keepLargest(shares, t * experts, experts, count);
    }
    return ops.tensor(scores.shape(), shares);
  }

  private static void keepLargest(float[] shares, int at, int experts, int count) {
    boolean[] kept = new boolean[experts];
    double sum = 0;
    for (int k = 0; k < count; k++) {
      int best = -1;
      for (int e = 0; e < experts; e++) {
        if (!kept[e] && (best < 0 || shares[at + e] > shares[at + best])) {
          best = e;
        }
      }
      kept[best] = true;
      sum += shares[at + best];
    }
    for (int e = 0; e < experts; e++) {
      shares[at + e] = kept[e] ? (float) (shares[at + e] / sum) : 0;
    }
  }
}
