package ai.pollux.model.conformer;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.Convolution;
import ai.pollux.tensor.Ops;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;

/**
 * Thins features out: convolutions that halve time and frequencies, then the way to the tower's
 * size.
 *
 * @param projection [D, frequencies · channels of the last stage]
 */
public record Subsampling(Stage[] stages, Weight projection) {
  private static final int KERNEL = 3;
  private static final int STRIDE = 2;

  /**
   * relu(norm(convolution(x))).
   *
   * @param kernel [O, 9 · I]
   * @param before rows of zeros before the first feature; as many fewer behind the last one
   */
  public record Stage(Weight kernel, int before, StageNorm norm) {
    private Tensor apply(Ops ops, Tensor x, Convolution window) {
      int mark = ops.mark();
      Tensor convolved = ops.conv2d(x, kernel, window); // [T'·F', O]
      Tensor normed = ops.release(mark, norm.apply(ops, convolved, window.outHeight()));
      return ops.release(mark, ops.activate(normed, Activation.RELU));
    }

    private Convolution window(int frames, int frequencies) {
      int behind = KERNEL - 1 - before;
      return Convolution.padded(frames, frequencies, KERNEL, STRIDE, before, behind, 1, 1);
    }
  }

  /** How many values of each frame come out of the stages for one of {@code features} values. */
  public static int width(int features, int stages, int channels) {
    int frequencies = features;
    for (int i = 0; i < stages; i++) {
      frequencies = Math.ceilDiv(frequencies, STRIDE);
    }
    return frequencies * channels;
  }

  /** [T, F] → [T', D], T' a quarter of T, rounded up stage by stage. */
  public Tensor apply(Ops ops, Tensor features) {
    int frames = features.size(0);
    int frequencies = features.size(1);
    int mark = ops.mark();
    Tensor x = ops.reshape(features, frames * frequencies, 1);
    for (Stage stage : stages) {
      Convolution window = stage.window(frames, frequencies);
      x = stage.apply(ops, x, window);
      frames = window.outHeight();
      frequencies = window.outWidth();
    }
    Tensor rows = ops.reshape(x, frames, frequencies * x.size(1)); // [T', F'·O]
    return ops.release(mark, ops.linear(rows, projection));
  }
}
