package ai.pollux.model.gemma3n;

import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * x + norm(right · (left · x)): a learned residual of low rank, <a
 * href="https://arxiv.org/abs/2411.07501">arXiv 2411.07501</a>.
 *
 * @param left [R, D]
 * @param right [D, R]
 * @param norm over the hidden size
 */
record Laurel(Weight left, Weight right, Norm norm) {
  /** [T, D] → [T, D]. */
  Tensor apply(Ops ops, Tensor x) {
    return ops.add(x, norm.apply(ops, ops.linear(ops.linear(x, left), right)));
  }
}
