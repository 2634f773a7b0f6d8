package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.time.Duration;

/**
 * What a fuzzer throws at {@link ImageReader}: any bytes make pixels or a {@link MediaException}.
 * Inputs that once did otherwise lie in {@code src/test/resources/fuzz/image} and stay tests. To
 * search for more, run Jazzer's main class with the test class path:
 *
 * <pre>
 * java -cp jazzer.jar:TEST_CLASS_PATH com.code_intelligence.jazzer.Jazzer \
 *   --target_class=ai.pollux.content.image.ImageReaderFuzz \
 *   --instrumentation_includes='ai.pollux.**:com.sun.imageio.**' -max_total_time=180 CORPUS
 * </pre>
 */
public final class ImageReaderFuzz {
  private static final ImageReader READER =
      new ImageReader(
          MediaLimits.standard().pixels(1_000_000),
          new ReadLimits(
              1 << 20, 1_000_000, 4096, 200_000, 100_000, 8_000_000, Duration.ofSeconds(10)));

  private ImageReaderFuzz() {}

  /** Called by the fuzzer, and for each input that was found. */
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
