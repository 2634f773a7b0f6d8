package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/** Any bytes as a sound, up to a million samples of it, in this process. */
public final class SoundFuzz {
  private static final MediaLimits LIMITS = MediaLimits.standard().time(Duration.ofSeconds(10));
  private static final int MOST_SAMPLES = 1_000_000;

  private SoundFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    try (AudioReader sound =
        AudioReader.openIfAny(MemorySegment.ofArray(file), LIMITS).orElse(null)) {
      if (sound == null) {
        return;
      }
      int count = 0;
      for (Optional<SoundChunk> chunk = sound.next();
          chunk.isPresent() && count < MOST_SAMPLES;
          chunk = sound.next()) {
        for (float sample : chunk.get().samples()) {
          if (!Float.isFinite(sample)) {
            throw new AssertionError("a sample is " + sample);
          }
        }
        count += chunk.get().samples().length;
      }
    } catch (MediaException e) {
      if (e.getMessage().isEmpty()) {
        throw new AssertionError("a refusal says nothing", e);
      }
    }
  }
}
