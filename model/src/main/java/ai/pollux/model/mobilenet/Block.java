package ai.pollux.model.mobilenet;

import ai.pollux.tensor.Ops;

/**
 * A few operations, whose result is added to what came in where it has the same size.
 *
 * @param isResidual whether it is
 */
record Block(Layers layers, boolean isResidual) {
  FeatureMap apply(Ops ops, FeatureMap x) {
    int mark = ops.mark();
    FeatureMap y = layers.apply(ops, x);
    return isResidual ? y.with(ops.release(mark, ops.add(y.values(), x.values()))) : y;
  }
}
