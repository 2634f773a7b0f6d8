package ai.pollux.content.audio;

import java.util.Arrays;

/**
 * Triangles over the frequencies of a spectrum, evenly spaced on HTK's mel scale {@code 2595 ·
 * log10(1 + f / 700)}, each 1 at its tip, without normalisation. Only the non-zero part of each is
 * kept.
 */
final class MelFilters {
  private final int[] first;
  private final double[][] weights;

  private MelFilters(int[] first, double[][] weights) {
    this.first = first;
    this.weights = weights;
  }

  /** Triangles for the settings' spectrum. */
  static MelFilters of(MelSettings settings) {
    int bins = settings.fftLength() / 2 + 1;
    int mels = settings.mels();
    double[] corners = new double[mels + 2];
    double low = mel(settings.lowestHz());
    double high = mel(settings.highestHz());
    for (int i = 0; i < corners.length; i++) {
      corners[i] = hertz(low + (high - low) * i / (mels + 1));
    }
    int[] first = new int[mels];
    double[][] weights = new double[mels][];
    for (int m = 0; m < mels; m++) {
      double[] all = new double[bins];
      int from = bins;
      int to = 0;
      for (int k = 0; k < bins; k++) {
        double f = k * (double) SoundFile.SAMPLE_RATE_HZ / settings.fftLength();
        double rising = (f - corners[m]) / (corners[m + 1] - corners[m]);
        double falling = (corners[m + 2] - f) / (corners[m + 2] - corners[m + 1]);
        all[k] = Math.max(0, Math.min(rising, falling));
        if (all[k] > 0) {
          from = Math.min(from, k);
          to = k + 1;
        }
      }
      first[m] = Math.min(from, to);
      weights[m] = Arrays.copyOfRange(all, first[m], to);
    }
    return new MelFilters(first, weights);
  }

  /** What triangle {@code m} lets through of a spectrum. */
  double apply(int m, double[] magnitudes) {
    double sum = 0;
    for (int i = 0; i < weights[m].length; i++) {
      sum += weights[m][i] * magnitudes[first[m] + i];
    }
    return sum;
  }

  private static double mel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }

  private static double hertz(double mel) {
    return 700 * (Math.pow(10, mel / 2595) - 1);
  }
}
