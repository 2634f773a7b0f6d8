package ai.pollux.model.mobilenet;

import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Convolution;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import java.util.Arrays;

/**
 * Joins the images of two scales: the smaller is stretched, both go through a feed-forward layer,
 * and the mean over squares of pixels gives an image of a fixed size.
 *
 * @param feedForward of the channels of both
 * @param side of the result
 */
record FusionAdapter(Layers feedForward, int side, Norm norm) {
  /**
   * An image of {@code side} · {@code side} pixels.
   *
   * @throws IllegalArgumentException if the larger image does not divide into such squares
   */
  FeatureMap apply(Ops ops, FeatureMap large, FeatureMap small) {
    if (large.height() % side != 0 || large.width() % side != 0) {
      throw new IllegalArgumentException(
          "vision: expected an image whose sides are multiples of %d after %d-fold reduction, found %d x %d"
              .formatted(side, MobileNetV5.REDUCTION, large.width(), large.height()));
    }
    Tensor both = ops.concatenate(large.values(), ops.rows(small.values(), nearest(large, small)));
    FeatureMap wide = feedForward.apply(ops, large.with(both));
    Tensor pooled = mean(ops, wide);
    return new FeatureMap(norm.apply(ops, pooled), side, side);
  }

  /** For each pixel of the large image the one of the small image that lies there. */
  private static int[] nearest(FeatureMap large, FeatureMap small) {
    int[] nearest = new int[large.height() * large.width()];
    for (int i = 0; i < nearest.length; i++) {
      int row = i / large.width() * small.height() / large.height();
      int column = i % large.width() * small.width() / large.width();
      nearest[i] = row * small.width() + column;
    }
    return nearest;
  }

  private Tensor mean(Ops ops, FeatureMap x) {
    Convolution tiles =
        Convolution.tiles(x.height(), x.width(), x.height() / side, x.width() / side);
    float[] shares = new float[tiles.kernelPixels() * x.values().size(1)];
    Arrays.fill(shares, 1f / tiles.kernelPixels());
    Shape shape = Shape.of(tiles.kernelPixels(), x.values().size(1));
    return ops.depthwise(x.values(), ops.tensor(shape, shares), tiles);
  }
}
