package ai.pollux.tensor;

/**
 * Rotary position embedding, <a href="https://arxiv.org/abs/2104.09864">arXiv 2104.09864</a>: pair
 * {@code i} of a head is turned by {@code position · frequencies[i]}.
 *
 * @param frequencies one angle per position and pair, in radians: K/2 values, 0 where a pair is not
 *     turned (p-RoPE)
 * @param interleaved true where pair {@code i} is values (2i, 2i+1), false where it is (i, i + K/2)
 */
public record Rope(float[] frequencies, boolean interleaved) {
  /** θ^(-2i/K) for each pair of a head of {@code headSize}. */
  public static Rope standard(int headSize, double theta) {
    float[] frequencies = new float[headSize / 2];
    for (int pair = 0; pair < frequencies.length; pair++) {
      frequencies[pair] = (float) Math.pow(theta, -2.0 * pair / headSize);
    }
    return new Rope(frequencies, false);
  }
}
