package ai.pollux.content.image;

/**
 * How a picture is brought to another size: torchvision's resize of 8-bit images with {@code
 * antialias=True}, bit for bit. An integer algorithm: along the rows first, then along the columns,
 * with bytes in between; see {@link ResizeWeights}.
 */
public enum Resampling {
  /** A triangle, one pixel to each side. */
  BILINEAR(1) {
    @Override
    double kernel(double x) {
      return Math.max(0, 1 - Math.abs(x));
    }
  },
  /** Keys' cubic with a = -0.5, two pixels to each side. */
  BICUBIC(2) {
    @Override
    double kernel(double x) {
      double d = Math.abs(x);
      if (d < 1) {
        return ((A + 2) * d - (A + 3)) * d * d + 1;
      }
      return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }
  };

  private static final double A = -0.5;

  private final double radius;

  Resampling(double radius) {
    this.radius = radius;
  }

  /** The weight at a distance, in pixels of the smaller picture. */
  abstract double kernel(double x);

  /** Beyond this distance the weight is 0. */
  double radius() {
    return radius;
  }

  /** The picture at another size. */
  public RgbImage resize(RgbImage image, int width, int height) {
    byte[] rgb = image.rgb();
    if (image.width() != width) {
      rgb = alongRows(rgb, image.width(), width, image.height());
    }
    if (image.height() != height) {
      rgb = alongColumns(rgb, image.height(), height, 3 * width);
    }
    return new RgbImage(width, height, rgb);
  }

  private byte[] alongRows(byte[] from, int fromWidth, int width, int height) {
    ResizeWeights weights = ResizeWeights.of(this, fromWidth, width);
    byte[] to = new byte[Math.toIntExact(3L * width * height)];
    for (int y = 0; y < height; y++) {
      weights.row(from, 3 * y * fromWidth, to, 3 * y * width);
    }
    return to;
  }

  private byte[] alongColumns(byte[] from, int fromHeight, int height, int rowBytes) {
    ResizeWeights weights = ResizeWeights.of(this, fromHeight, height);
    byte[] to = new byte[Math.toIntExact((long) rowBytes * height)];
    int[] sums = new int[rowBytes];
    for (int y = 0; y < height; y++) {
      weights.column(y, from, rowBytes, sums, to);
    }
    return to;
  }
}
