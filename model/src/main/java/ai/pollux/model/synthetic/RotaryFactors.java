package ai.pollux.model.synthetic;

import java.util.Arrays;

/** What the rotary frequencies are divided by, one factor for each pair of a head. */
final class RotaryFactors {
  private RotaryFactors() {}

  /**
   * Llama 3.2's stretching of low frequencies: 32 below, 1 above, a ramp between wave lengths of
   * 8192 and 2048 positions. Base 500,000.
   */
  static float[] llama3(int headSize) {
    double stretch = 32;
    double longest = 8192;
    double shortest = longest / 4;
    float[] factors = new float[headSize / 2];
    for (int i = 0; i < factors.length; i++) {
      double wavelength = 2 * Math.PI * Math.pow(500_000, 2.0 * i / headSize);
      double ramp = (longest / wavelength - 1) / (longest / shortest - 1);
      double share = Math.clamp(ramp, 0.0, 1.0);
      factors[i] = (float) (1 / ((1 - share) / stretch + share));
    }
    return factors;
  }

  /** Gemma 4's global layers turn the first quarter of the pairs; the others stand still. */
  static float[] partial(int headSize) {
    float[] factors = new float[headSize / 2];
    Arrays.fill(factors, 0, factors.length / 4, 1);
    Arrays.fill(factors, factors.length / 4, factors.length, 1e30f);
    return factors;
  }
}
