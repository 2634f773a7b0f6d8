package ai.pollux.content.audio;

/**
 * Mel frames: the logarithm of what each of some triangular filters lets through of a windowed
 * piece's magnitude spectrum.
 *
 * <p>A clip is filled up with zeros to a multiple of 128 samples, as the reference does; a frame
 * needs one sample more than it looks at. Immutable, so that threads may share it.
 */
final class MelSpectrogram {
  private static final int MULTIPLE = 128;

  private final MelSettings settings;
  private final RealFft fft;
  private final MelFilters filters;
  private final double[] window;

  MelSpectrogram(MelSettings settings) {
    this.settings = settings;
    fft = new RealFft(settings.fftLength());
    filters = MelFilters.of(settings);
    window = new double[settings.frameLength()];
    for (int i = 0; i < window.length; i++) { // Hann, periodic; rounded as the reference rounds it
      window[i] = (float) (0.5 - 0.5 * Math.cos(2 * Math.PI * i / window.length));
    }
  }

  /** How many frames fit a clip filled up with zeros, whether they hold sound or not. */
  int paddedFrames(int samples) {
    int padded = (samples + MULTIPLE - 1) / MULTIPLE * MULTIPLE + settings.leadingZeros();
    int needed = settings.frameLength() + 1;
    return padded < needed ? 0 : (padded - needed) / settings.hopLength() + 1;
  }

  /** The first {@code frames} frames of a clip, {@code [frames, mels]}. */
  float[] of(float[] samples, int frames) {
    float[] values = new float[frames * settings.mels()];
    double[] piece = new double[settings.fftLength()];
    double[] magnitudes = new double[settings.fftLength() / 2 + 1];
    for (int f = 0; f < frames; f++) {
      load(samples, f * settings.hopLength() - settings.leadingZeros(), piece);
      fft.magnitudes(piece, magnitudes);
      for (int m = 0; m < settings.mels(); m++) {
        double sum = filters.apply(m, magnitudes);
        double floored =
            settings.isFloorAdded() ? sum + settings.floor() : Math.max(sum, settings.floor());
        values[f * settings.mels() + m] = (float) Math.log(floored);
      }
    }
    return values;
  }

  private void load(float[] samples, int from, double[] piece) {
    double before = at(samples, from);
    for (int i = 0; i < window.length; i++) {
      double sample = at(samples, from + i);
      piece[i] = window[i] * (sample - settings.preemphasis() * before);
      before = sample;
    }
  }

  private double at(float[] samples, int i) {
    return i < 0 || i >= samples.length ? 0 : settings.scale() * samples[i];
  }
}
