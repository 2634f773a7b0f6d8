package ai.pollux.train.data.screen;

import ai.pollux.content.image.RgbImage;

/**
 * A picture reduced to 16 x 16 averages of brightness. Two pictures look the same if the averages
 * differ by no more than {@value #CLOSE} of how much they vary within the picture: a copy in
 * another size, or packed with loss. The bits (brighter than the picture's mean or not) are
 * compared first, which is fast.
 */
final class SmallPicture {
  static final int SIDE = 16;

  /** How many averages near the mean may change sides. */
  static final int OTHER_BITS = 24;

  /**
   * JPEG at quality 75 changes the averages of a photograph by less than 1 and halving its size by
   * less than 2, where they vary by 40. Of MNIST's 60,000 training digits 26, all of them ones, are
   * so near to one of the test digits.
   */
  private static final double CLOSE = 0.05;

  private final byte[] averages;
  private final long[] bits;

  private SmallPicture(byte[] averages, long[] bits) {
    this.averages = averages;
    this.bits = bits;
  }

  static SmallPicture of(RgbImage image) {
    byte[] averages = new byte[SIDE * SIDE];
    int sum = 0;
    for (int i = 0; i < averages.length; i++) {
      int average = average(image, i % SIDE, i / SIDE);
      averages[i] = (byte) average;
      sum += average;
    }
    long[] bits = new long[SIDE * SIDE / 64];
    for (int i = 0; i < averages.length; i++) {
      if ((averages[i] & 0xFF) * averages.length > sum) {
        bits[i / 64] |= 1L << (i % 64);
      }
    }
    return new SmallPicture(averages, bits);
  }

  /** Of the pixels that a cell touches; a cell is at least a pixel. */
  private static int average(RgbImage image, int column, int row) {
    int left = column * image.width() / SIDE;
    int right = Math.max(left + 1, Math.ceilDiv((column + 1) * image.width(), SIDE));
    int top = row * image.height() / SIDE;
    int bottom = Math.max(top + 1, Math.ceilDiv((row + 1) * image.height(), SIDE));
    byte[] rgb = image.rgb();
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int at = 3 * (y * image.width() + left); at < 3 * (y * image.width() + right); at++) {
        sum += rgb[at] & 0xFF;
      }
    }
    return (int) (sum / (3L * (right - left) * (bottom - top)));
  }

  /** Whether averages are brighter than their mean. */
  long[] bits() {
    return bits;
  }

  boolean looksLike(SmallPicture other) {
    int mean = 0;
    for (byte average : averages) {
      mean += average & 0xFF;
    }
    mean /= averages.length;
    int difference = 0;
    int variation = 0;
    for (int i = 0; i < averages.length; i++) {
      int own = averages[i] & 0xFF;
      difference += Math.abs(own - (other.averages[i] & 0xFF));
      variation += Math.abs(own - mean);
    }
    return difference <= CLOSE * variation;
  }
}
