package ai.pollux.tensor.quant;

import java.util.Arrays;

/**
 * Finds scale and minimum of 32 values: x ≈ scale · q - minimum, q from 0 to {@code top}, neither
 * negative. A few scales are tried: the values are rounded, both numbers fitted to the q by least
 * squares, and the best fit is kept. Larger values weigh more. All sums are floats, in order, so
 * that the outcome is llama.cpp's to the last bit.
 */
final class AffineSearch {
  static final int SIZE = 32;

  private final int top;
  private final float firstStep;
  private final int lastStep;

  private final float[] weights = new float[SIZE];
  private final int[] candidate = new int[SIZE];
  private float sumW;
  private float sumWx;

  private float scale;
  private float min;
  private float error;

  /**
   * Candidates take the range to {@code top + firstStep + 0.1 · i} levels, i from 0 to {@code
   * lastStep}.
   */
  AffineSearch(int top, float firstStep, int lastStep) {
    this.top = top;
    this.firstStep = firstStep;
    this.lastStep = lastStep;
  }

  /** What {@link #fit} found. */
  float scale() {
    return scale;
  }

  /** What {@link #fit} found; it is taken away from scale · q. */
  float minimum() {
    return -min;
  }

  /** Fits {@code x[at … at + 32]}; leaves the q of the best fit in {@code q[at … at + 32]}. */
  void fit(float[] x, int from, int[] q, int at) {
    weigh(x, from);
    min = Math.min(0, Rounding.smallest(x, from, SIZE));
    float max = Rounding.greatest(x, from, SIZE);
    if (max == min) {
      scale = 0;
      Arrays.fill(q, at, at + SIZE, 0);
      return;
    }
    float factor = top / (max - min);
    scale = 1 / factor;
    round(x, from, factor);
    error = error(x, from, scale, min);
    System.arraycopy(candidate, 0, q, at, SIZE);
    for (int step = 0; step <= lastStep; step++) {
      round(x, from, (firstStep + 0.1f * step + top) / (max - min));
      if (improve(x, from)) {
        System.arraycopy(candidate, 0, q, at, SIZE);
      }
    }
  }

  private void weigh(float[] x, int from) {
    float squares = 0;
    for (int i = 0; i < SIZE; i++) {
      squares += x[from + i] * x[from + i];
    }
    float typical = (float) Math.sqrt(squares / SIZE);
    sumW = 0;
    sumWx = 0;
    for (int i = 0; i < SIZE; i++) {
      weights[i] = typical + Math.abs(x[from + i]);
      sumW += weights[i];
      sumWx += weights[i] * x[from + i];
    }
  }

  private void round(float[] x, int from, float factor) {
    for (int i = 0; i < SIZE; i++) {
      candidate[i] = Rounding.nearest(factor * (x[from + i] - min), 0, top);
    }
  }

  private float error(float[] x, int from, float scale, float min) {
    float error = 0;
    for (int i = 0; i < SIZE; i++) {
      float difference = scale * candidate[i] + min - x[from + i];
      error += weights[i] * (difference * difference);
    }
    return error;
  }

  /** Fits scale and minimum to the candidate; takes them over if the error falls. */
  private boolean improve(float[] x, int from) {
    float sumQ = 0;
    float sumQq = 0;
    float sumQx = 0;
    for (int i = 0; i < SIZE; i++) {
      float weighted = weights[i] * candidate[i];
      sumQ += weighted;
      sumQq += weighted * candidate[i];
      sumQx += weighted * x[from + i];
    }
    float determinant = sumW * sumQq - sumQ * sumQ;
    if (!(determinant > 0)) {
      return false;
    }
    float newScale = (sumW * sumQx - sumWx * sumQ) / determinant;
    float newMin = (sumQq * sumWx - sumQ * sumQx) / determinant;
    if (newMin > 0) {
      newMin = 0;
      newScale = sumQx / sumQq;
    }
    float newError = error(x, from, newScale, newMin);
    if (!(newError < error)) {
      return false;
    }
    scale = newScale;
    min = newMin;
    error = newError;
    return true;
  }
}
