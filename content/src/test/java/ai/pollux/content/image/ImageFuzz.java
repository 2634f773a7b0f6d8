package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.time.Duration;

/** Any bytes as a picture: pixels or a {@link MediaException}. */
public final class ImageFuzz {
  private static final ImageReader READER =
      new ImageReader(
          MediaLimits.standard().pixels(1_000_000),
          new ReadLimits(
              1 << 20, 1_000_000, 4096, 200_000, 100_000, 8_000_000, Duration.ofSeconds(10)));

  private ImageFuzz() {}

  /** Called by Jazzer, and for each input that was found. */
  public static void fuzzerTestOneInput(byte[] file) {
    try {
      RgbImage image = READER.read(file);
      if (image.rgb().length != 3 * image.width() * image.height()) {
        throw new AssertionError(image + " has " + image.rgb().length + " bytes");
      }
    } catch (MediaException e) {
      if (e.getMessage() == null || e.getMessage().isBlank()) {
        throw new AssertionError("a refusal without a reason", e);
      }
    }
  }
}
