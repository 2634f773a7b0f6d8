package ai.pollux.engine.sample;

/**
 * Random numbers by their place, so that a draw does not depend on what was drawn before: the
 * finaliser of SplitMix64 (<a href="https://doi.org/10.1145/2660193.2660195">Steele, Lea,
 * Flood</a>) over seed, candidate and index.
 */
final class Draws {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Draws() {}

  /** Uniform in [0, 1), a multiple of 2^-53. */
  static double uniform(long seed, int candidate, int index) {
    long stream = mix(seed + GOLDEN * (candidate + 1L));
    return (mix(stream + GOLDEN * (index + 1L)) >>> 11) * 0x1.0p-53;
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
