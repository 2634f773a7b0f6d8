package ai.pollux.model.conformer;

import ai.pollux.model.nn.Norm;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;

/** A normalisation of what a convolution makes of {@code frames} frames: [T·F, C] → [T·F, C]. */
public sealed interface StageNorm {
  /** The normalised values. */
  Tensor apply(Ops ops, Tensor x, int frames);

  /** Over the channels of each place. */
  record PerPlace(Norm norm) implements StageNorm {
    @Override
    public Tensor apply(Ops ops, Tensor x, int frames) {
      return norm.apply(ops, x);
    }
  }

  /**
   * Over everything heard so far.
   *
   * @param gain [C]
   */
  record Cumulative(Tensor gain, float epsilon) implements StageNorm {
    @Override
    public Tensor apply(Ops ops, Tensor x, int frames) {
      int places = x.size(0);
      Tensor rows = ops.reshape(x, frames, places / frames * x.size(1)); // [T, F·C]
      Tensor normed = ops.cumulativeNorm(rows, epsilon);
      return ops.multiply(ops.reshape(normed, places, x.size(1)), gain);
    }
  }
}
