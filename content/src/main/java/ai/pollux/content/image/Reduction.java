package ai.pollux.content.image;

/**
 * Rows put together to a picture. With a factor above 1, each block of factor x factor pixels
 * becomes one, their mean; what is left over at the right and at the bottom makes smaller blocks.
 */
final class Reduction implements RowSink {
  private final int fullWidth;
  private final int fullHeight;
  private final int factor;
  private final int width;
  private final byte[] rgb;
  private final int[] sums;
  private int rows;

  Reduction(int fullWidth, int fullHeight, int factor) {
    this.fullWidth = fullWidth;
    this.fullHeight = fullHeight;
    this.factor = factor;
    this.width = Math.ceilDiv(fullWidth, factor);
    this.rgb = new byte[Math.toIntExact(3L * width * Math.ceilDiv(fullHeight, factor))];
    this.sums = new int[factor == 1 ? 0 : 3 * width];
  }

  @Override
  public void row(byte[] row) {
    if (factor == 1) {
      System.arraycopy(row, 0, rgb, 3 * width * rows, 3 * width);
      rows++;
      return;
    }
    int from = 0;
    for (int x = 0; x < width; x++) {
      int end = 3 * Math.min(fullWidth, (x + 1) * factor);
      for (; from < end; from += 3) {
        sums[3 * x] += row[from] & 0xFF;
        sums[3 * x + 1] += row[from + 1] & 0xFF;
        sums[3 * x + 2] += row[from + 2] & 0xFF;
      }
    }
    rows++;
    if (rows % factor == 0 || rows == fullHeight) {
      finishBlocks((rows - 1) / factor);
    }
  }

  private void finishBlocks(int y) {
    int high = rows - y * factor;
    for (int x = 0; x < width; x++) {
      int pixels = high * (Math.min(fullWidth, (x + 1) * factor) - x * factor);
      for (int i = 3 * x; i < 3 * x + 3; i++) {
        rgb[3 * width * y + i] = (byte) ((sums[i] + pixels / 2) / pixels);
        sums[i] = 0;
      }
    }
  }

  /** The picture, once all rows were taken. */
  RgbImage image() {
    if (rows != fullHeight) {
      throw new IllegalStateException("expected %d rows, found %d".formatted(fullHeight, rows));
    }
    return new RgbImage(width, rgb.length / (3 * width), rgb, fullWidth, fullHeight);
  }
}
