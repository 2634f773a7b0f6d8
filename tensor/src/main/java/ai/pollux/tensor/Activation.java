package ai.pollux.tensor;

/** The nonlinear functions of feed-forward layers, applied to each value. */
public enum Activation {
  /**
   * x · Φ(x) by its tanh approximation, <a href="https://arxiv.org/abs/1606.08415">arXiv
   * 1606.08415</a>.
   */
  GELU_TANH,
  /** x · σ(x), <a href="https://arxiv.org/abs/1702.03118">arXiv 1702.03118</a>. */
  SILU,
  /** max(x, 0). */
  RELU,
  /** 1 / (1 + e⁻ˣ). */
  SIGMOID,
  /** tanh(x). */
  TANH
}
