package ai.pollux.content.audio;

import ai.pollux.content.MediaException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A sound as the clips that a model reads one after the other: each as long as the front end takes,
 * the last shorter. One clip is in memory at a time.
 *
 * <p>A rest that is too short to be heard is left out; a sound that is nothing else is a {@link
 * MediaException}. The sound stays with who opened it.
 */
public final class SoundClips implements Iterator<SoundFeatures> {
  private final SampleSource sound;
  private final SoundFrontEnd frontEnd;
  private Optional<float[]> clip;
  private boolean isFirst = true;

  /** The clips of what is left of a sound. */
  public SoundClips(SampleSource sound, SoundFrontEnd frontEnd) {
    this.sound = sound;
    this.frontEnd = frontEnd;
    clip = read();
  }

  /** The clips of a sound in memory: mono, 16 kHz. */
  public static SoundClips of(float[] samples, SoundFrontEnd frontEnd) {
    FloatBuffer left = FloatBuffer.wrap(samples);
    return new SoundClips(
        clip -> {
          int length = Math.min(clip.length, left.remaining());
          left.get(clip, 0, length);
          return length;
        },
        frontEnd);
  }

  @Override
  public boolean hasNext() {
    return clip.isPresent();
  }

  @Override
  public SoundFeatures next() {
    SoundFeatures features = frontEnd.of(clip.orElseThrow(NoSuchElementException::new));
    clip = read();
    return features;
  }

  private Optional<float[]> read() {
    float[] samples = new float[frontEnd.longest()];
    int length = sound.read(samples);
    if (frontEnd.tokens(length) > 0) {
      isFirst = false;
      return Optional.of(Arrays.copyOf(samples, length));
    }
    if (isFirst) {
      throw new MediaException(
          "the sound is too short to be heard: "
              + 1000 * length / SoundFile.SAMPLE_RATE_HZ
              + " ms. Send at least a tenth of a second");
    }
    return Optional.empty();
  }
}
