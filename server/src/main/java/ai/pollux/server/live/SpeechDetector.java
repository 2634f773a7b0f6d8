package ai.pollux.server.live;

/**
 * Tells speech from silence by its loudness. Each frame of 20 ms counts as loud when it is well
 * above the quietest sound of late and not below a fixed level; speech begins after enough loud
 * frames and ends after enough others. For one thread.
 */
final class SpeechDetector {
  /** The length of a frame. */
  static final int FRAME_MILLIS = 20;

  /** Levels are in decibels below full scale; this is silence. */
  private static final double SILENCE = -96;

  /**
   * How fast the noise is believed to have become louder, decibels a frame: 2.5 a second, so that a
   * steady hum stops to count as speech within ten seconds and a long vowel does not.
   */
  private static final double NOISE_RISE = 0.05;

  private final Settings settings;
  private double noise = -60;
  private int loud;
  private int quiet;
  private boolean isSpeech;

  /**
   * When speech begins and ends.
   *
   * @param aboveNoise decibels above the noise that a loud frame has
   * @param least decibels that a loud frame has at least, below full scale
   * @param prefixMillis of loud frames before speech begins
   * @param silenceMillis of other frames before it ends
   */
  record Settings(double aboveNoise, double least, int prefixMillis, int silenceMillis) {}

  /** What a frame changed. */
  enum Change {
    NONE,
    BEGINS,
    ENDS
  }

  SpeechDetector(Settings settings) {
    this.settings = settings;
  }

  /** Hears one more frame: 16-bit little-endian samples. */
  Change hear(byte[] frame) {
    double level = level(frame);
    boolean isLoud = level >= settings.least() && level >= noise + settings.aboveNoise();
    noise = Math.min(level, noise + NOISE_RISE);
    noise = Math.max(noise, SILENCE + 20);
    loud = isLoud ? loud + 1 : Math.max(0, loud - 1);
    quiet = isLoud ? 0 : quiet + 1;
    if (!isSpeech && isLoud && loud * FRAME_MILLIS >= settings.prefixMillis()) {
      isSpeech = true;
      return Change.BEGINS;
    }
    if (isSpeech && quiet * FRAME_MILLIS >= settings.silenceMillis()) {
      forget();
      return Change.ENDS;
    }
    return Change.NONE;
  }

  /** Whether speech has begun and not ended. */
  boolean isSpeech() {
    return isSpeech;
  }

  /** Speech has ended, because nothing more comes. */
  void forget() {
    isSpeech = false;
    loud = 0;
    quiet = 0;
  }

  /** Root mean square, in decibels below full scale. */
  private static double level(byte[] frame) {
    double sum = 0;
    int samples = frame.length / 2;
    for (int i = 0; i < samples; i++) {
      double sample = (short) ((frame[2 * i] & 0xff) | (frame[2 * i + 1] << 8)) / 32768.0;
      sum += sample * sample;
    }
    return samples == 0 || sum == 0 ? SILENCE : Math.max(SILENCE, 10 * Math.log10(sum / samples));
  }
}
