package ai.pollux.content.audio;

/** Samples of a sound, a piece at a time: mono, {@link SoundFile#SAMPLE_RATE_HZ}, full scale ±1. */
public interface SampleSource {
  /** Fills {@code samples}; returns how many there were, fewer only at the end of the sound. */
  int read(float[] samples);
}
