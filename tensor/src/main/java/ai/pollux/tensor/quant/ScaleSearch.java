package ai.pollux.tensor.quant;

import java.util.Arrays;

/**
 * Finds the scale of 16 values: x ≈ scale · q, q from {@code -top} to {@code top - 1}. A few scales
 * are tried: the values are rounded, the scale fitted to the q by least squares weighted with x²,
 * and the best fit is kept. All sums are floats, in order, so that the outcome is llama.cpp's to
 * the last bit.
 */
final class ScaleSearch {
  static final int SIZE = 16;

  /** Values below this count as zero. */
  static final float NOTHING = 1e-15f;

  private final int top;
  private final int[] candidate = new int[SIZE];
  private float sumQx;
  private float sumQq;

  ScaleSearch(int top) {
    this.top = top;
  }

  /**
   * Fits {@code x[from … from + 16]}; leaves the q of the best fit in {@code q[at … at + 16]}.
   *
   * @return the scale; negative where the value of largest magnitude is positive, which gets {@code
   *     -top}
   */
  float fit(float[] x, int from, int[] q, int at) {
    float largest = Rounding.largest(x, from, SIZE);
    if (Math.abs(largest) < NOTHING) {
      Arrays.fill(q, at, at + SIZE, -top);
      return 0;
    }
    round(x, from, -top / largest);
    System.arraycopy(candidate, 0, q, at, SIZE);
    float scale = sumQq == 0 ? 0 : sumQx / sumQq;
    float best = scale * sumQx;
    for (int step = -9; step <= 9; step++) {
      round(x, from, -(top + 0.1f * step) / largest);
      if (step != 0 && sumQq > 0 && sumQx * sumQx > best * sumQq) {
        System.arraycopy(candidate, 0, q, at, SIZE);
        scale = sumQx / sumQq;
        best = scale * sumQx;
      }
    }
    return scale;
  }

  private void round(float[] x, int from, float factor) {
    sumQx = 0;
    sumQq = 0;
    for (int i = 0; i < SIZE; i++) {
      float value = x[from + i];
      int q = Rounding.nearest(factor * value, -top, top - 1);
      candidate[i] = q;
      float weight = value * value;
      sumQx += weight * value * q;
      sumQq += weight * q * q;
    }
  }
}
