package ai.pollux.model.mobilenet;

import ai.pollux.tensor.Tensor;

/**
 * An image inside the encoder.
 *
 * @param values [height · width, channels]
 */
record FeatureMap(Tensor values, int height, int width) {
  /** Another image of the same size. */
  FeatureMap with(Tensor others) {
    return new FeatureMap(others, height, width);
  }
}
