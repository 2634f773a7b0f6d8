package ai.pollux.model.conformer;

import ai.pollux.model.nn.Linear;
import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Convolution;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;

/**
 * A gated linear layer, a convolution over the rows just before, channel by channel, and another
 * linear layer: x + end · silu(norm(convolution(glu(start · norm(x))))).
 *
 * @param norm before it
 * @param start [2D, D], values first, then their gates
 * @param kernel [rows, D], the current row last
 * @param convolutionNorm after the convolution
 * @param end [D, D]
 * @param limit the largest magnitude of what is normalised after the convolution
 */
public record LightConvolution(
    Norm norm, Linear start, Tensor kernel, Norm convolutionNorm, Linear end, float limit) {
  /** [T, D] → [T, D]. */
  Tensor apply(Ops ops, Tensor x) {
    int width = x.size(1);
    Tensor both = start.apply(ops, norm.apply(ops, x)); // [T, 2D]
    Tensor values = ops.columns(both, 0, width);
    Tensor gated = ops.gated(ops.columns(both, width, width), values, Activation.SIGMOID);
    Tensor mixed = ops.depthwise(gated, kernel, Convolution.causal(x.size(0), kernel.size(0)));
    Tensor normed = convolutionNorm.apply(ops, ops.clamp(mixed, -limit, limit));
    return ops.add(x, end.apply(ops, ops.activate(normed, Activation.SILU)));
  }
}
