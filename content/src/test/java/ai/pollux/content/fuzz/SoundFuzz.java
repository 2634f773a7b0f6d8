package ai.pollux.content.fuzz;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.audio.SoundFile;
import java.time.Duration;

/** Any bytes as a sound, up to a minute of it. */
public final class SoundFuzz {
  private static final MediaLimits LIMITS =
      MediaLimits.standard().duration(Duration.ofMinutes(1)).time(Duration.ofSeconds(10));

  private SoundFuzz() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] file) {
    float[] samples = new float[SoundFile.SAMPLE_RATE_HZ];
    try (SoundFile sound = SoundFile.open(file, LIMITS)) {
      for (int read = sound.read(samples); read > 0; read = sound.read(samples)) {
        for (int i = 0; i < read; i++) {
          if (!Float.isFinite(samples[i])) {
            throw new AssertionError("a sample is " + samples[i]);
          }
        }
      }
    } catch (MediaException e) {
      if (e.getMessage().isEmpty()) {
        throw new AssertionError("a refusal says nothing", e);
      }
    }
  }
}
