package ai.pollux.tensor;

/** What the convolutions mean. */
final class ConvolutionDefinition {
  private ConvolutionDefinition() {}

  static Tensor conv2d(Ops ops, Tensor x, Weight w, Convolution window) {
    Checks.conv2d(x, w, window);
    int channels = x.size(1);
    float[] image = x.toArray();
    float[] patches = new float[window.outPixels() * window.kernelPixels() * channels];
    int at = 0;
    for (int out = 0; out < window.outPixels(); out++) {
      for (int k = 0; k < window.kernelPixels(); k++, at += channels) {
        int pixel = pixel(window, out, k);
        if (pixel >= 0) {
          System.arraycopy(image, pixel * channels, patches, at, channels);
        }
      }
    }
    return ops.linear(
        ops.tensor(Shape.of(window.outPixels(), window.kernelPixels() * channels), patches), w);
  }

  static Tensor depthwise(Ops ops, Tensor x, Tensor kernel, Convolution window) {
    Checks.depthwise(x, kernel, window);
    int channels = x.size(1);
    float[] image = x.toArray();
    float[] factors = kernel.toArray();
    float[] result = new float[window.outPixels() * channels];
    for (int out = 0; out < window.outPixels(); out++) {
      for (int c = 0; c < channels; c++) {
        double sum = 0;
        for (int k = 0; k < window.kernelPixels(); k++) {
          int pixel = pixel(window, out, k);
          if (pixel >= 0) {
            sum += (double) image[pixel * channels + c] * factors[k * channels + c];
          }
        }
        result[out * channels + c] = (float) sum;
      }
    }
    return ops.tensor(Shape.of(window.outPixels(), channels), result);
  }

  /** The pixel of the image that place {@code k} of a window lies on; -1 outside. */
  private static int pixel(Convolution window, int out, int k) {
    int row =
        out / window.outWidth() * window.strideDown() - window.top() + k / window.kernelWidth();
    int column =
        out % window.outWidth() * window.strideAcross() - window.left() + k % window.kernelWidth();
    boolean inside = row >= 0 && row < window.height() && column >= 0 && column < window.width();
    return inside ? row * window.width() + column : -1;
  }
}
