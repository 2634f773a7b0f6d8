package ai.pollux.model.nn;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * Each row goes through the few experts a router picks for it, <a
 * href="https://arxiv.org/abs/1701.06538">arXiv 1701.06538</a>.
 *
 * @param name where it stands in the model, for messages
 * @param routerNorm of what the router sees
 * @param router [E, D]
 * @param taken how many experts a row goes through
 * @param expertScale [E], multiplies the share of an expert after shares were made to sum to 1
 * @param gateUp E weights [2F, D], gate rows first
 * @param down E weights [D, F]
 */
public record MixtureOfExperts(
    String name,
    Norm routerNorm,
    Weight router,
    int taken,
    Tensor expertScale,
    Weight[] gateUp,
    Weight[] down,
    Activation activation) {

  /**
   * Who takes part in which row, and how much: [T, D] → [T, E].
   *
   * @param x what the router sees; in Gemma 4 not what the experts see
   */
  public Tensor routing(Ops ops, Tensor x) {
    Expect.columns(name, x, router.in());
    Tensor scores = ops.linear(routerNorm.apply(ops, x), router); // [T, E]
    return ops.multiply(ops.route(scores, taken), expertScale);
  }

  /**
   * The experts' outputs, weighted and summed: [T, D] → [T, D].
   *
   * @param routing as {@link #routing} gives
   */
  public Tensor apply(Ops ops, Tensor x, Tensor routing) {
    Expect.columns(name, x, gateUp[0].in());
    return ops.experts(x, routing, gateUp, down, activation);
  }
}
