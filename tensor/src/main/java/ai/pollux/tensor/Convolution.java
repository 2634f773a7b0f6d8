package ai.pollux.tensor;

/**
 * How the window of a convolution moves over an image, and how far the image is continued by zeros.
 * Images are matrices [height · width, channels], row by row of pixels.
 *
 * @param height rows of the image
 * @param width columns of the image
 * @param kernelHeight rows of the window
 * @param kernelWidth columns of the window
 * @param strideDown rows from one window to the next below
 * @param strideAcross columns from one window to the next beside it
 * @param top rows of zeros above the image
 * @param left columns of zeros left of it
 * @param outHeight rows of the result
 * @param outWidth columns of the result
 */
public record Convolution(
    int height,
    int width,
    int kernelHeight,
    int kernelWidth,
    int strideDown,
    int strideAcross,
    int top,
    int left,
    int outHeight,
    int outWidth) {

  /** Refuses sizes below 1 and paddings below 0. */
  public Convolution {
    int least = Math.min(Math.min(height, width), Math.min(kernelHeight, kernelWidth));
    least = Math.min(least, Math.min(strideDown, strideAcross));
    least = Math.min(least, Math.min(outHeight, outWidth));
    if (least < 1 || top < 0 || left < 0) {
      throw new IllegalArgumentException(
          ("convolution: expected sizes and strides of at least 1 and paddings of at least 0, found"
                  + " image [%d, %d], window [%d, %d], strides [%d, %d], padding [%d, %d], result"
                  + " [%d, %d]")
              .formatted(
                  height,
                  width,
                  kernelHeight,
                  kernelWidth,
                  strideDown,
                  strideAcross,
                  top,
                  left,
                  outHeight,
                  outWidth));
    }
  }

  /**
   * A square window with as much padding as gives a result of ⌈size / stride⌉, half of it before
   * the image and the larger half after it: "same" padding as TensorFlow has it.
   */
  public static Convolution same(int height, int width, int kernel, int stride) {
    int outHeight = Math.ceilDiv(height, stride);
    int outWidth = Math.ceilDiv(width, stride);
    int top = Math.max((outHeight - 1) * stride + kernel - height, 0) / 2;
    int left = Math.max((outWidth - 1) * stride + kernel - width, 0) / 2;
    return new Convolution(
        height, width, kernel, kernel, stride, stride, top, left, outHeight, outWidth);
  }

  /**
   * A square window with the given padding on each side; the result ends with the last window that
   * lies inside the padded image.
   */
  public static Convolution padded(
      int height, int width, int kernel, int stride, int top, int bottom, int left, int right) {
    return new Convolution(
        height,
        width,
        kernel,
        kernel,
        stride,
        stride,
        top,
        left,
        Math.floorDiv(height + top + bottom - kernel, stride) + 1,
        Math.floorDiv(width + left + right - kernel, stride) + 1);
  }

  /** Windows that lie side by side: what pooling looks at. */
  public static Convolution tiles(int height, int width, int kernelHeight, int kernelWidth) {
    return new Convolution(
        height,
        width,
        kernelHeight,
        kernelWidth,
        kernelHeight,
        kernelWidth,
        0,
        0,
        height / kernelHeight,
        width / kernelWidth);
  }

  /**
   * A window over tokens instead of pixels that ends at the token it is for, so that none sees what
   * comes after it.
   */
  public static Convolution causal(int tokens, int kernel) {
    return new Convolution(tokens, 1, kernel, 1, 1, 1, kernel - 1, 0, tokens, 1);
  }

  /** Pixels of the image. */
  public int pixels() {
    return height * width;
  }

  /** Pixels of the window. */
  public int kernelPixels() {
    return kernelHeight * kernelWidth;
  }

  /** Pixels of the result. */
  public int outPixels() {
    return outHeight * outWidth;
  }

  /** Whether each pixel of the result is made of the same pixel of the image and no other. */
  public boolean isPointwise() {
    return kernelPixels() == 1
        && strideDown == 1
        && strideAcross == 1
        && top == 0
        && left == 0
        && outPixels() == pixels();
  }
}
