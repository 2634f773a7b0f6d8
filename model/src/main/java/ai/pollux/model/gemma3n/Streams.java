package ai.pollux.model.gemma3n;

import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * The way from one vector per token to S streams, and back. Streams other than the first are made
 * as large as it.
 *
 * @param projections S - 1 weights [D, D], of the streams after the first
 * @param unembeddings S - 1 weights [D, D], back
 */
record Streams(Weight[] projections, Weight[] unembeddings) {
  private static final float EPSILON = 1e-5f;

  /** The vector itself, and what each projection makes of it: [T, D] → [T, S, D]. */
  Tensor expand(Ops ops, Tensor x) {
    Tensor all = x;
    for (Weight projection : projections) {
      all = ops.concatenate(all, ops.matchMagnitude(ops.linear(x, projection), x, EPSILON));
    }
    return ops.reshape(all, x.size(0), projections.length + 1, x.size(1));
  }

  /** The mean of the streams, each taken back: [T, S, D] → [T, D]. */
  Tensor merge(Ops ops, Tensor streams) {
    int width = streams.size(2);
    Tensor flat = ops.reshape(streams, streams.size(0), streams.size(1) * width);
    Tensor first = ops.columns(flat, 0, width);
    Tensor sum = first;
    for (int i = 0; i < unembeddings.length; i++) {
      Tensor back = ops.linear(ops.columns(flat, (i + 1) * width, width), unembeddings[i]);
      sum = ops.add(sum, ops.matchMagnitude(back, first, EPSILON));
    }
    return ops.scale(sum, 1f / streams.size(1));
  }
}
