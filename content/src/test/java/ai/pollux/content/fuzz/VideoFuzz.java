package ai.pollux.content.fuzz;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.video.FrameSampling;
import ai.pollux.content.video.VideoFile;
import ai.pollux.content.video.VideoFrame;
import java.time.Duration;

/** Any bytes as a video, three frames of it. */
public final class VideoFuzz {
  private static final MediaLimits LIMITS =
      MediaLimits.standard().pixels(1_000_000).time(Duration.ofSeconds(10));

  private VideoFuzz() {}

  /** Called by Jazzer. */
  public static void fuzzerTestOneInput(byte[] file) {
    try (VideoFile video = VideoFile.open(file, new FrameSampling.Count(3), LIMITS)) {
      while (video.hasNext()) {
        VideoFrame frame = video.next();
        if (frame.rgb().length != 3 * frame.width() * frame.height()) {
          throw new AssertionError("a frame has " + frame.rgb().length + " bytes");
        }
      }
    } catch (MediaException e) {
      if (e.getMessage().isEmpty()) {
        throw new AssertionError("a refusal says nothing", e);
      }
    }
  }
}
