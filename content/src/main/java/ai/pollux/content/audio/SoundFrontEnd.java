package ai.pollux.content.audio;

import java.util.Arrays;

/** What a family's encoder wants of a clip of sound. Immutable, so that threads may share it. */
public sealed interface SoundFrontEnd {
  /** The most samples of one clip; a longer sound is cut into clips. */
  int longest();

  /** How many placeholders a clip of so many samples takes; 0 where it is too short to be heard. */
  int tokens(int samples);

  /**
   * The frames of a clip.
   *
   * @param samples at 16 kHz, at most {@link #longest}
   */
  SoundFeatures of(float[] samples);

  /** Gemma 4 with a sound encoder (E2B, E4B): mel frames, one token for each four. */
  static SoundFrontEnd gemma4() {
    return new Mel(MelSettings.gemma4());
  }

  /** Gemma 4 without one (12B): the samples themselves, 640 (40 ms) a token, at most 30 s. */
  static SoundFrontEnd gemma4Unified() {
    return new Raw(640, 30 * SoundFile.SAMPLE_RATE_HZ);
  }

  /** Gemma 3n: mel frames; always 188 tokens, whose rows are filled from the front. */
  static SoundFrontEnd gemma3n() {
    return new FixedMel(MelSettings.gemma3n(), 188);
  }

  /**
   * Pollux's own miniatures: what {@link #gemma4Unified} sees of a sound, but as four mel frames of
   * 40 values for each token of 40 ms.
   */
  static SoundFrontEnd polluxMel() {
    return new JoinedMel(MelSettings.pollux(), 4);
  }

  /**
   * Mel frames, of which two convolutions make one row out of four. A frame is valid if the sample
   * after its last is one of the clip.
   */
  final class Mel implements SoundFrontEnd {
    private final MelSettings settings;
    private final MelSpectrogram spectrogram;

    /** With a checkpoint's own settings. */
    public Mel(MelSettings settings) {
      this.settings = settings;
      spectrogram = new MelSpectrogram(settings);
    }

    @Override
    public int longest() {
      return settings.longest();
    }

    @Override
    public int tokens(int samples) {
      return (frames(samples) + 3) / 4; // each convolution halves, rounding up
    }

    @Override
    public SoundFeatures of(float[] samples) {
      int frames = frames(samples.length);
      return new SoundFeatures(
          spectrogram.of(samples, frames), settings.mels(), frames, tokens(samples.length));
    }

    private int frames(int samples) {
      int last = settings.frameLength() - settings.leadingZeros(); // of frame 0, plus one
      int valid = Math.max(0, (samples - last + settings.hopLength() - 1) / settings.hopLength());
      return Math.min(spectrogram.paddedFrames(samples), valid);
    }
  }

  /** Mel frames for an encoder whose prompt has always the same number of placeholders. */
  final class FixedMel implements SoundFrontEnd {
    private final MelSettings settings;
    private final int tokens;
    private final MelSpectrogram spectrogram;

    /** With a checkpoint's own settings. */
    public FixedMel(MelSettings settings, int tokens) {
      this.settings = settings;
      this.tokens = tokens;
      spectrogram = new MelSpectrogram(settings);
    }

    @Override
    public int longest() {
      return settings.longest();
    }

    @Override
    public int tokens(int samples) {
      return spectrogram.paddedFrames(samples) == 0 ? 0 : tokens;
    }

    @Override
    public SoundFeatures of(float[] samples) {
      int frames = spectrogram.paddedFrames(samples.length);
      return new SoundFeatures(
          spectrogram.of(samples, frames), settings.mels(), frames, tokens(samples.length));
    }
  }

  /**
   * Mel frames for a model without an encoder: some of them side by side are a token. Counted from
   * the logarithm of the floor, so that silence is zero.
   */
  final class JoinedMel implements SoundFrontEnd {
    private final MelSettings settings;
    private final int joined;
    private final MelSpectrogram spectrogram;

    /**
     * With a checkpoint's own settings.
     *
     * @param joined mel frames of a token
     */
    public JoinedMel(MelSettings settings, int joined) {
      this.settings = settings;
      this.joined = joined;
      spectrogram = new MelSpectrogram(settings);
    }

    @Override
    public int longest() {
      return settings.longest();
    }

    @Override
    public int tokens(int samples) {
      int each = joined * settings.hopLength();
      return (samples + each - 1) / each;
    }

    @Override
    public SoundFeatures of(float[] samples) {
      int tokens = tokens(samples.length);
      float[] values = spectrogram.of(samples, tokens * joined);
      float silence = (float) Math.log(settings.floor());
      for (int i = 0; i < values.length; i++) {
        values[i] -= silence;
      }
      return new SoundFeatures(values, joined * settings.mels(), tokens, tokens);
    }
  }

  /**
   * The samples, cut into frames of a token each, the last filled up with zeros.
   *
   * @param width samples of a frame
   * @param longest samples of a clip
   */
  record Raw(int width, int longest) implements SoundFrontEnd {
    @Override
    public int tokens(int samples) {
      return (samples + width - 1) / width;
    }

    @Override
    public SoundFeatures of(float[] samples) {
      int frames = tokens(samples.length);
      return new SoundFeatures(Arrays.copyOf(samples, frames * width), width, frames, frames);
    }
  }
}
