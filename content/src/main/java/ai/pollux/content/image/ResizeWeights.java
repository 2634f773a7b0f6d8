package ai.pollux.content.image;

import java.util.Arrays;

/**
 * One pass of resizing: which source pixels a target pixel is made of, and how much of each.
 *
 * <p>With s = source / target size, r = radius · max(s, 1) and c = s · (i + 0.5), target pixel i is
 * made of the source pixels from max(int(c - r + 0.5), 0) to min(int(c + r + 0.5), source size);
 * the weight of j is kernel((j - c + 0.5) / max(s, 1)), divided by the sum of all. Weights become
 * integers with p bits behind the point, p the largest number up to 22 such that the largest weight
 * stays below 2^15; sums begin at 2^(p-1), are shifted right by p, and clamped to a byte.
 *
 * @param first the first source pixel of each target pixel
 * @param counts how many source pixels follow
 * @param taps the most of {@code counts}: the distance of target pixels in {@code weights}
 * @param weights integers
 * @param precision p
 */
record ResizeWeights(int[] first, int[] counts, int taps, int[] weights, int precision) {
  private static final int MOST_BITS = 22;
  private static final int WEIGHT_LIMIT = 1 << 15;

  static ResizeWeights of(Resampling kind, int from, int to) {
    double scale = (double) from / to;
    double stretch = Math.max(scale, 1);
    double radius = kind.radius() * stretch;
    int taps = (int) Math.ceil(radius) * 2 + 1;
    int[] first = new int[to];
    int[] counts = new int[to];
    double[] exact = new double[Math.toIntExact((long) to * taps)];
    double largest = 0;
    for (int i = 0; i < to; i++) {
      double centre = scale * (i + 0.5);
      first[i] = Math.max((int) (centre - radius + 0.5), 0);
      counts[i] = Math.min((int) (centre + radius + 0.5), from) - first[i];
      double sum = 0;
      for (int j = 0; j < counts[i]; j++) {
        double weight = kind.kernel((j + first[i] - centre + 0.5) * (1 / stretch));
        exact[i * taps + j] = weight;
        sum += weight;
      }
      for (int j = i * taps; j < i * taps + counts[i]; j++) {
        exact[j] /= sum;
        largest = Math.max(largest, exact[j]);
      }
    }
    int precision = precision(largest);
    int[] weights = new int[exact.length];
    for (int i = 0; i < exact.length; i++) {
      weights[i] = (int) (exact[i] * (1 << precision) + Math.copySign(0.5, exact[i]));
    }
    return new ResizeWeights(first, counts, taps, weights, precision);
  }

  private static int precision(double largest) {
    int bits = 0;
    while (bits < MOST_BITS && (int) (0.5 + largest * (1 << (bits + 1))) < WEIGHT_LIMIT) {
      bits++;
    }
    return bits;
  }

  /** Makes a row of pixels shorter or longer. */
  void row(byte[] from, int fromAt, byte[] to, int toAt) {
    int half = 1 << (precision - 1);
    for (int i = 0; i < first.length; i++) {
      int red = half;
      int green = half;
      int blue = half;
      int source = fromAt + 3 * first[i];
      int end = i * taps + counts[i];
      for (int at = i * taps; at < end; at++, source += 3) {
        int weight = weights[at];
        red += weight * (from[source] & 0xFF);
        green += weight * (from[source + 1] & 0xFF);
        blue += weight * (from[source + 2] & 0xFF);
      }
      int target = toAt + 3 * i;
      to[target] = (byte) Math.clamp(red >> precision, 0, 255);
      to[target + 1] = (byte) Math.clamp(green >> precision, 0, 255);
      to[target + 2] = (byte) Math.clamp(blue >> precision, 0, 255);
    }
  }

  /**
   * Makes row {@code y} of a picture of another height.
   *
   * @param rowBytes bytes of a row, in both pictures
   * @param sums memory for the sums of a row
   */
  void column(int y, byte[] from, int rowBytes, int[] sums, byte[] to) {
    Arrays.fill(sums, 1 << (precision - 1));
    for (int j = 0; j < counts[y]; j++) {
      add(weights[y * taps + j], from, (first[y] + j) * rowBytes, sums);
    }
    for (int x = 0; x < rowBytes; x++) {
      to[y * rowBytes + x] = (byte) Math.clamp(sums[x] >> precision, 0, 255);
    }
  }

  private static void add(int weight, byte[] from, int at, int[] sums) {
    for (int x = 0; x < sums.length; x++) {
      sums[x] += weight * (from[at + x] & 0xFF);
    }
  }
}
