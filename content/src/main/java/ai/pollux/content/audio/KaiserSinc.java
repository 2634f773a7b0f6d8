package ai.pollux.content.audio;

/**
 * A low-pass filter for changing a sampling rate: a sinc under a Kaiser window, taken at every
 * fraction of a sample that occurs.
 *
 * <p>The band that is kept ends at 0.9136 of the lower of the two Nyquist frequencies, the band
 * that is removed begins at 1, and is 126 dB down: the figures of soxr's high quality, which the
 * reference library resamples with. Length and shape of the window follow from them (Kaiser, 1974:
 * Nonrecursive digital filter design using the I0-sinh window function).
 *
 * @param phases fractions of a sample
 * @param half taps on each side
 * @param taps {@code [phases + 1, 2 · half]}: tap k of phase p is for the input sample {@code k -
 *     half + 1} after the one before the output's place, p / phases of a sample behind it
 */
record KaiserSinc(int phases, int half, float[] taps) {
  private static final double KEPT = 0.9136;
  private static final double ATTENUATION_DB = 126.4;
  private static final double BETA = 0.1102 * (ATTENUATION_DB - 8.7);
  private static final double LENGTH =
      1.03; // soxr's filter, seen by its impulses, is so much longer
  private static final double PEAK = bessel(BETA);

  /** The filter for a change of rate. */
  static KaiserSinc of(int fromHz, int toHz, int phases) {
    double nyquist = Math.min(1, toHz / (double) fromHz); // of the input's Nyquist frequency
    double width = (1 - KEPT) * nyquist;
    double cutoff = (1 + KEPT) / 2 * nyquist;
    double length = LENGTH * (ATTENUATION_DB - 7.95) / (2.285 * Math.PI * width);
    int half = (int) Math.ceil(length / 2);
    float[] taps = new float[(phases + 1) * 2 * half];
    for (int p = 0; p <= phases; p++) {
      for (int k = 0; k < 2 * half; k++) {
        double distance = k - half + 1 - p / (double) phases;
        taps[p * 2 * half + k] =
            (float) (cutoff * sinc(cutoff * distance) * window(distance / half));
      }
    }
    return new KaiserSinc(phases, half, taps);
  }

  /** {@code Σ taps[phase, k] · samples[from + k]}, in four sums that do not wait for each other. */
  float apply(int phase, float[] samples, int from) {
    int length = 2 * half;
    int base = phase * length;
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    int k = 0;
    for (; k + 3 < length; k += 4) {
      a += taps[base + k] * samples[from + k];
      b += taps[base + k + 1] * samples[from + k + 1];
      c += taps[base + k + 2] * samples[from + k + 2];
      d += taps[base + k + 3] * samples[from + k + 3];
    }
    for (; k < length; k++) {
      a += taps[base + k] * samples[from + k];
    }
    return (a + b) + (c + d);
  }

  private static double sinc(double x) {
    return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
  }

  private static double window(double x) {
    return Math.abs(x) >= 1 ? 0 : bessel(BETA * Math.sqrt(1 - x * x)) / PEAK;
  }

  /** The modified Bessel function I0, by its power series. */
  private static double bessel(double x) {
    double sum = 1;
    double term = 1;
    for (int k = 1; term > sum * 1e-17; k++) {
      term *= x / (2 * k) * (x / (2 * k));
      sum += term;
    }
    return sum;
  }
}
