package ai.pollux.content.audio;

/**
 * The discrete Fourier transform of real samples, by the fast algorithm of Cooley and Tukey: {@code
 * X[k] = Σ x[n] · e^(-2πi·kn/N)} for k from 0 to N / 2. Two halves of N / 2 complex numbers are
 * transformed at once, even samples as real and odd ones as imaginary parts.
 *
 * <p>Immutable, so that threads may share it.
 */
final class RealFft {
  private final int size;
  private final int[] reversed;
  private final double[] cosine; // cos(2πk / size), k < size / 2
  private final double[] sine;

  /** For {@code size} samples, a power of two and at least 4. */
  RealFft(int size) {
    if (size < 4 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException(
          "an FFT of " + size + " samples: a power of two is needed");
    }
    this.size = size;
    int half = size / 2;
    reversed = new int[half];
    for (int i = 1; i < half; i++) {
      reversed[i] = reversed[i / 2] / 2 + (i % 2) * half / 2;
    }
    cosine = new double[half];
    sine = new double[half];
    for (int k = 0; k < half; k++) {
      cosine[k] = Math.cos(2 * Math.PI * k / size);
      sine[k] = Math.sin(2 * Math.PI * k / size);
    }
  }

  /**
   * The magnitudes of N / 2 + 1 frequencies.
   *
   * @param samples N of them
   * @param magnitudes where they go
   */
  void magnitudes(double[] samples, double[] magnitudes) {
    int half = size / 2;
    double[] real = new double[half];
    double[] imaginary = new double[half];
    for (int i = 0; i < half; i++) {
      real[reversed[i]] = samples[2 * i];
      imaginary[reversed[i]] = samples[2 * i + 1];
    }
    transform(real, imaginary);
    magnitudes[0] = Math.abs(real[0] + imaginary[0]);
    magnitudes[half] = Math.abs(real[0] - imaginary[0]);
    for (int k = 1; k < half; k++) {
      // Even and odd part of the packed spectrum; X[k] = even + e^(-2πik/N) · odd.
      double evenReal = (real[k] + real[half - k]) / 2;
      double evenImaginary = (imaginary[k] - imaginary[half - k]) / 2;
      double oddReal = (imaginary[k] + imaginary[half - k]) / 2;
      double oddImaginary = (real[half - k] - real[k]) / 2;
      double x = evenReal + cosine[k] * oddReal + sine[k] * oddImaginary;
      double y = evenImaginary + cosine[k] * oddImaginary - sine[k] * oddReal;
      magnitudes[k] = Math.sqrt(x * x + y * y);
    }
  }

  /** In place, from bit-reversed order. */
  private void transform(double[] real, double[] imaginary) {
    int half = size / 2;
    for (int length = 2; length <= half; length *= 2) {
      int step = size / length;
      for (int start = 0; start < half; start += length) {
        for (int k = 0; k < length / 2; k++) {
          int a = start + k;
          int b = a + length / 2;
          double c = cosine[k * step];
          double s = sine[k * step];
          double x = c * real[b] + s * imaginary[b];
          double y = c * imaginary[b] - s * real[b];
          real[b] = real[a] - x;
          imaginary[b] = imaginary[a] - y;
          real[a] += x;
          imaginary[a] += y;
        }
      }
    }
  }
}
