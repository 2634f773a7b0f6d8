package ai.pollux.content.image;

/**
 * Pixels, upright.
 *
 * @param rgb red, green and blue of each pixel, row by row: length {@code 3 · width · height}.
 *     Shared, not copied: nobody may change it.
 * @param fullWidth the width before {@link ImageReader} reduced the picture; {@code width} if it
 *     did not. Target sizes are computed from the full ones.
 * @param fullHeight likewise
 */
public record RgbImage(int width, int height, byte[] rgb, int fullWidth, int fullHeight) {
  /** Refuses sizes that do not fit each other. */
  public RgbImage {
    if (width < 1 || height < 1 || rgb.length != 3L * width * height) {
      throw new IllegalArgumentException(
          "an image of %d x %d: expected 3 bytes for each pixel, found %d"
              .formatted(width, height, rgb.length));
    }
    if (fullWidth < width || fullHeight < height) {
      throw new IllegalArgumentException(
          "an image of %d x %d cannot come from one of %d x %d"
              .formatted(width, height, fullWidth, fullHeight));
    }
  }

  /** An image that was not reduced. */
  public RgbImage(int width, int height, byte[] rgb) {
    this(width, height, rgb, width, height);
  }

  /** A part of it, copied. */
  public RgbImage crop(int x, int y, int cropWidth, int cropHeight) {
    byte[] part = new byte[3 * cropWidth * cropHeight];
    for (int row = 0; row < cropHeight; row++) {
      System.arraycopy(rgb, 3 * ((y + row) * width + x), part, 3 * row * cropWidth, 3 * cropWidth);
    }
    return new RgbImage(cropWidth, cropHeight, part);
  }

  @Override
  public String toString() {
    return "an image of %d x %d".formatted(fullWidth, fullHeight);
  }
}
