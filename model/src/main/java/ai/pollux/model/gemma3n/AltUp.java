package ai.pollux.model.gemma3n;

import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * Alternating updates, <a href="https://arxiv.org/abs/2301.13310">arXiv 2301.13310</a>: a token is
 * S vectors, its streams. A block computes with one, the active; what it will do to all of them is
 * predicted before, and corrected by what came out.
 *
 * @param active which stream
 * @param routerNorm of what the router sees
 * @param routerScale 1/D, multiplies that
 * @param router [S, D]
 * @param prediction [S·S, S]
 * @param correction [S, S]
 * @param ones S times 1
 */
record AltUp(
    int active,
    Norm routerNorm,
    float routerScale,
    Weight router,
    Weight prediction,
    Weight correction,
    Tensor ones) {

  /** The active stream: [T, S, D] → [T, D]. */
  Tensor active(Ops ops, Tensor streams) {
    int width = streams.size(2);
    Tensor flat = ops.reshape(streams, streams.size(0), streams.size(1) * width);
    return ops.columns(flat, active * width, width);
  }

  /** Each stream plus a mixture of all, by shares the active one chooses: [T, S, D] → same. */
  Tensor predict(Ops ops, Tensor streams) {
    int count = streams.size(1);
    Tensor shares = ops.linear(modalities(ops, active(ops, streams)), prediction); // [T, S·S]
    shares = ops.reshape(shares, streams.size(0), count, count);
    return ops.add(streams, ops.combine(shares, streams));
  }

  /**
   * Each stream plus a share of what was not predicted: [T, S, D] → same.
   *
   * @param predicted the active stream of {@code predictions}
   * @param computed what the block made of it
   */
  Tensor correct(Ops ops, Tensor predictions, Tensor predicted, Tensor computed) {
    int rows = computed.size(0);
    Tensor shares = ops.add(ops.linear(modalities(ops, computed), correction), ones); // [T, S]
    Tensor news = ops.add(computed, ops.scale(predicted, -1)); // [T, D]
    return ops.add(
        predictions,
        ops.combine(
            ops.reshape(shares, rows, predictions.size(1), 1),
            ops.reshape(news, rows, 1, computed.size(1))));
  }

  /** tanh(router · norm(x) / D): [T, D] → [T, S]. */
  private Tensor modalities(Ops ops, Tensor x) {
    Tensor seen = ops.scale(routerNorm.apply(ops, x), routerScale);
    return ops.activate(ops.linear(seen, router), Activation.TANH);
  }
}
