package ai.pollux.tensor;

/**
 * The operations a model may use, and the owner of every tensor they make. A default body is the
 * definition.
 *
 * <p>One {@code Ops} serves one step: {@code try (Ops ops = backend.open()) { … }}. Arguments of
 * the wrong shape throw {@link IllegalArgumentException} with the operation, what was expected and
 * what was found. Not for use by several threads.
 */
public interface Ops extends AutoCloseable {

  // ---- making tensors ----

  /** A tensor of this step with a copy of the given values, in row-major order. */
  Tensor tensor(Shape shape, float[] values);

  /** The rows {@code ids} of a table: [V, D] → [T, D], times {@code scale}. */
  default Tensor embed(int[] ids, Weight table, float scale) {
    return LinearDefinition.embed(this, ids, table, scale);
  }

  // ---- matrices ----

  /** y = x · wᵀ: [T, I] × [O, I] → [T, O]. */
  default Tensor linear(Tensor x, Weight w) {
    return LinearDefinition.linear(this, x, w);
  }

  /**
   * A mixture of gated experts: y = Σₑ routing[t, e] · downₑ(activation(gateₑ x) ⊙ upₑ x). Experts
   * whose routing is 0 are not computed.
   *
   * @param x [T, D]
   * @param routing [T, E], mostly zeros, as {@link #route} gives
   * @param gateUp E weights [2F, D], gate rows first
   * @param down E weights [D, F]
   * @return [T, D]
   */
  default Tensor experts(
      Tensor x, Tensor routing, Weight[] gateUp, Weight[] down, Activation activation) {
    return ExpertDefinition.experts(this, x, routing, gateUp, down, activation);
  }

  /**
   * Softmax over the experts, the {@code count} largest kept and divided by their sum, the others
   * 0: [T, E] → [T, E]. Of equal ones the first is kept. A row with NaN stays with NaN.
   */
  default Tensor route(Tensor scores, int count) {
    return ExpertDefinition.route(this, scores, count);
  }

  /**
   * The vectors of each row, mixed: y[t, r] = Σₛ shares[t, r, s] · x[t, s].
   *
   * @param shares [T, R, S], or [R, S] for the same shares in every row
   * @param x [T, S, D]
   * @return [T, R, D]
   */
  default Tensor combine(Tensor shares, Tensor x) {
    return LinearDefinition.combine(this, shares, x);
  }

  // ---- images ----

  /**
   * A convolution: each pixel of the result is {@code w} times the pixels under its window, zeros
   * outside the image.
   *
   * @param x [H·W, C]
   * @param w [O, kernel pixels · C]: of each row of the window, each pixel, each channel
   * @return [H'·W', O]
   */
  default Tensor conv2d(Tensor x, Weight w, Convolution window) {
    return ConvolutionDefinition.conv2d(this, x, w, window);
  }

  /**
   * A convolution of each channel by itself: y[p, c] = Σₖ x[p + k, c] · kernel[k, c].
   *
   * @param x [H·W, C]
   * @param kernel [kernel pixels, C]
   * @return [H'·W', C]
   */
  default Tensor depthwise(Tensor x, Tensor kernel, Convolution window) {
    return ConvolutionDefinition.depthwise(this, x, kernel, window);
  }

  // ---- each value on its own ----

  /** a + b, of one shape, or b a vector [D] that is added to every row. */
  default Tensor add(Tensor a, Tensor b) {
    return ElementwiseDefinition.add(this, a, b);
  }

  /** a ⊙ b, of one shape, or b a vector [D] that multiplies every row. */
  default Tensor multiply(Tensor a, Tensor b) {
    return ElementwiseDefinition.multiply(this, a, b);
  }

  /** x · factor. */
  default Tensor scale(Tensor x, float factor) {
    return ElementwiseDefinition.scale(this, x, factor);
  }

  /** activation(x). */
  default Tensor activate(Tensor x, Activation activation) {
    return ElementwiseDefinition.activate(this, x, activation);
  }

  /**
   * activation(gate) ⊙ up: GeGLU, SwiGLU, <a href="https://arxiv.org/abs/2002.05202">arXiv
   * 2002.05202</a>.
   */
  default Tensor gated(Tensor gate, Tensor up, Activation activation) {
    return multiply(activate(gate, activation), up);
  }

  /** cap · tanh(x / cap). */
  default Tensor softcap(Tensor x, float cap) {
    return ElementwiseDefinition.softcap(this, x, cap);
  }

  /** x, or the nearest bound where it lies outside {@code least … most}; NaN stays NaN. */
  default Tensor clamp(Tensor x, float least, float most) {
    return ElementwiseDefinition.clamp(this, x, least, most);
  }

  // ---- over the innermost axis ----

  /**
   * x / √(mean(x²) + ε) · gain over the innermost axis, <a
   * href="https://arxiv.org/abs/1910.07467">arXiv 1910.07467</a>.
   */
  default Tensor rmsNorm(Tensor x, Tensor gain, float epsilon) {
    return NormDefinition.rmsNorm(this, x, gain, epsilon);
  }

  /** x / √(mean(x²) + ε) over the innermost axis. */
  default Tensor rmsNorm(Tensor x, float epsilon) {
    return NormDefinition.rmsNorm(this, x, epsilon);
  }

  /**
   * (x - mean) / √(variance + ε) · gain + bias over the innermost axis, variance with divisor n, <a
   * href="https://arxiv.org/abs/1607.06450">arXiv 1607.06450</a>.
   */
  default Tensor layerNorm(Tensor x, Tensor gain, Tensor bias, float epsilon) {
    return NormDefinition.layerNorm(this, x, gain, bias, epsilon);
  }

  /**
   * x · √mean(like²) / √max(mean(x²), ε), means over the innermost axis: x as large as another
   * tensor of its shape.
   */
  default Tensor matchMagnitude(Tensor x, Tensor like, float epsilon) {
    return NormDefinition.matchMagnitude(this, x, like, epsilon);
  }

  /**
   * max(x - (mean + deviations · σ), 0) over the innermost axis, σ with divisor n: keeps what
   * stands out of a row by so many standard deviations, one value in twenty for 1.645 if they are
   * normally distributed, <a href="https://arxiv.org/abs/2506.06644">arXiv 2506.06644</a>.
   */
  default Tensor gaussianTopK(Tensor x, float deviations) {
    return NormDefinition.gaussianTopK(this, x, deviations);
  }

  /** eˣ / Σ eˣ over the innermost axis. */
  default Tensor softmax(Tensor x) {
    return NormDefinition.softmax(this, x);
  }

  /**
   * (x - mean) / √(variance + ε), where row t's mean is that of all values of rows 0 … t, and its
   * variance the mean over the same values of (x[s] - mean[s])²: [T, D] → [T, D]. Group
   * normalisation with one group, cumulative over time.
   */
  default Tensor cumulativeNorm(Tensor x, float epsilon) {
    return NormDefinition.cumulativeNorm(this, x, epsilon);
  }

  // ---- tokens and heads ----

  /** Turns each head of each row by its position: [T, H, K] → [T, H, K]. */
  default Tensor rope(Tensor x, Rope rope, Past past) {
    return RopeDefinition.rope(this, x, rope, past);
  }

  /**
   * Softmax attention: [T, H, K] over the keys and values that {@code past} lets each row see → [T,
   * H·K]. Query head h reads key/value head h · G / H.
   *
   * <p>With a {@link CachedPast} the step's keys and values are written to the cache first (if
   * {@link AttentionSpec#storesKeys}), rounded to its format, and all are read from there.
   *
   * @param k [T, G, K]
   * @param v [T, G, K]
   */
  default Tensor attention(Tensor q, Tensor k, Tensor v, AttentionSpec spec, Past past) {
    return AttentionDefinition.attention(this, q, k, v, spec, past);
  }

  /**
   * Causal attention within a step, in which how far back a key lies counts as well as what it is,
   * <a href="https://arxiv.org/abs/1901.02860">arXiv 1901.02860</a>: row t sees rows t - N + 1 … t
   * of its sequence, and scores row t - d as q[t] · (k[t - d] + distances[d]). No cache is read or
   * written.
   *
   * @param q [T, H, K]
   * @param k [T, H, K]
   * @param v [T, H, K]
   * @param distances [N, H, K], for 0 to N - 1 rows back
   * @param softcap c in c · tanh(score / c); 0 for none
   * @return [T, H·K]
   */
  default Tensor relativeAttention(
      Tensor q, Tensor k, Tensor v, Tensor distances, float softcap, Past past) {
    return RelativeAttentionDefinition.attention(this, q, k, v, distances, softcap, past);
  }

  // ---- other views of the same values ----

  /** The same values as [rows, columns]. */
  Tensor reshape(Tensor x, int rows, int columns);

  /** The same values as [rows, heads, headSize]. */
  Tensor reshape(Tensor x, int rows, int heads, int headSize);

  /** Some rows of a matrix, in the given order: [T, D] → [rows.length, D]. */
  default Tensor rows(Tensor x, int[] rows) {
    return LayoutDefinition.rows(this, x, rows);
  }

  /**
   * A matrix with some rows replaced, such as those of placeholders by an encoder's: row {@code
   * rows[i]} becomes row i of {@code values}: [T, D], [N, D] → [T, D]. Of a row named twice the
   * last one stays.
   */
  default Tensor place(Tensor x, int[] rows, Tensor values) {
    return LayoutDefinition.place(this, x, rows, values);
  }

  /** Columns {@code from … from + count} of a matrix: [T, D] → [T, count]. */
  default Tensor columns(Tensor x, int from, int count) {
    return LayoutDefinition.columns(this, x, from, count);
  }

  /** Two matrices side by side: [T, A], [T, B] → [T, A + B]. */
  default Tensor concatenate(Tensor a, Tensor b) {
    return LayoutDefinition.concatenate(this, a, b);
  }

  // ---- memory within a step ----

  /** A point in the life of this step, for {@link #release}. */
  default int mark() {
    return 0;
  }

  /**
   * Frees every tensor made since {@code mark}, except {@code kept}. A model calls it after each
   * layer, so that a step takes the memory of one layer and not of all. Marks taken later than
   * {@code mark} end with it; {@code mark} itself stays.
   *
   * @return the kept tensor, perhaps moved: the handle given is not valid any more
   */
  default Tensor release(int mark, Tensor kept) {
    return kept;
  }

  /** Frees every tensor made since {@link Backend#open}. */
  @Override
  void close();
}
