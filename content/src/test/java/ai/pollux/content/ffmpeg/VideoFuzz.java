package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;

/** Any bytes as a video, its first, middle and last frame, in this process. */
public final class VideoFuzz {
  private static final MediaLimits LIMITS =
      MediaLimits.standard().pixels(1_000_000).time(Duration.ofSeconds(10));

  private VideoFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    try (VideoReader video = VideoReader.open(MemorySegment.ofArray(file), LIMITS)) {
      FrameTimes times = video.times();
      int frames = times.nanos().length;
      for (int i = 0; i < Math.min(3, frames); i++) {
        check(video.at(times.nanos()[i * (frames - 1) / 2], times));
      }
    } catch (MediaException e) {
      if (e.getMessage().isEmpty()) {
        throw new AssertionError("a refusal says nothing", e);
      }
    }
  }

  private static void check(Optional<RgbFrame> found) {
    found.ifPresent(frame -> {
      if (frame.rgb().length != 3 * frame.width() * frame.height()) {
        throw new AssertionError("a frame has " + frame.rgb().length + " bytes");
      }
    });
  }
}
