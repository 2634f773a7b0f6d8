package ai.pollux.content.audio;

/**
 * How a family makes mel frames of samples at 16 kHz.
 *
 * @param mels values of a frame
 * @param frameLength samples that a frame looks at
 * @param hopLength samples from one frame to the next
 * @param fftLength samples that are transformed: a frame and zeros
 * @param lowestHz where the lowest triangle begins
 * @param highestHz where the highest triangle ends
 * @param preemphasis p of {@code x[i] - p · x[i - 1]}, which lifts high frequencies; 0 for none.
 *     The first sample of each frame is {@code (1 - p) · x[0]}, as in HTK
 * @param floor what keeps the logarithm away from zero
 * @param isFloorAdded {@code log(x + floor)}; else {@code log(max(x, floor))}
 * @param leadingZeros silence before the first sample
 * @param scale what samples are multiplied by
 * @param longest samples that the encoder takes at once
 */
public record MelSettings(
    int mels,
    int frameLength,
    int hopLength,
    int fftLength,
    double lowestHz,
    double highestHz,
    double preemphasis,
    double floor,
    boolean isFloorAdded,
    int leadingZeros,
    double scale,
    int longest) {
  private static final int HALF_A_MINUTE = 30 * SoundFile.SAMPLE_RATE_HZ;

  /** Frames of 20 ms each 10 ms, the first centred on the first sample; no pre-emphasis. */
  public static MelSettings gemma4() {
    return new MelSettings(128, 320, 160, 512, 0, 8000, 0, 1e-3, true, 160, 1, HALF_A_MINUTE);
  }

  /** As Gemma 4's, of 40 values. */
  public static MelSettings pollux() {
    return new MelSettings(40, 320, 160, 512, 0, 8000, 0, 1e-3, true, 160, 1, HALF_A_MINUTE);
  }

  /** Frames of 32 ms each 10 ms, with pre-emphasis. */
  public static MelSettings gemma3n() {
    return new MelSettings(128, 512, 160, 1024, 125, 7600, 0.97, 1e-5, false, 0, 1, HALF_A_MINUTE);
  }
}
