package ai.pollux.content.processor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Json;
import ai.pollux.content.image.RgbImage;
import ai.pollux.testkit.TestFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The front ends with the settings of published models, on odd images. */
final class ProcessorDefaultsGoldenTest {
  private static final Map<String, ImageProcessor> FRONT_ENDS =
      Map.of(
          "gemma4", new PatchProcessor(PatchSettings.gemma4()),
          "gemma4_unified", new PatchProcessor(PatchSettings.gemma4Unified()),
          "gemma3", new PictureProcessor(PictureSettings.gemma3()),
          "gemma3-panscan",
              new PictureProcessor(PictureSettings.gemma3().withPanAndScan(PanAndScan.standard())));

  @TestFactory
  Stream<DynamicTest> imagesAreTheReferences() {
    Path file = TestFiles.golden("processors/default/expected.json");
    return GoldenMedia.objects(GoldenMedia.json(file).member("images")).stream()
        .map(image -> DynamicTest.dynamicTest(file(image), () -> check(image)));
  }

  /**
   * Pixels are those of the reference, JPEG's too (the JDK's decoder is libjpeg): but for a 16-bit
   * gray picture, which is white there.
   */
  private static void check(Json.Obj expected) {
    RgbImage image = GoldenMedia.read(file(expected));
    boolean isSame = sha256(image.rgb()).equals(digest(expected, "rgb"));
    assertThat(isSame).isEqualTo(!file(expected).contains("16bit"));
    FRONT_ENDS.forEach((name, processor) -> {
      if (expected.member(name) instanceof Json.Obj wanted) {
        List<ProcessedImage> made = processor.process(image);
        checkSizes(wanted, made);
        if (isSame) {
          assertThat(sha256(bytes(GoldenMedia.values(made))))
              .as(name)
              .isEqualTo(digest(wanted, "pixel_values"));
        }
      }
    });
  }

  private static void checkSizes(Json.Obj expected, List<ProcessedImage> made) {
    switch (made.getFirst()) {
      case ProcessedImage.Patches patches -> {
        assertThat(made).hasSize(1);
        assertThat(patches.count()).isEqualTo(GoldenMedia.whole(expected.member("patches")));
        assertThat(patches.softTokens()).isEqualTo(GoldenMedia.whole(expected.member("tokens")));
        int last = patches.count() - 1;
        assertThat(new int[] {patches.columns()[last], patches.rows()[last]})
            .isEqualTo(GoldenMedia.wholes(expected.member("last_position")));
      }
      case ProcessedImage.Picture picture -> {
        assertThat(made).hasSize(1 + GoldenMedia.whole(expected.member("crops")));
        assertThat(new int[] {picture.height(), picture.width()})
            .isEqualTo(GoldenMedia.wholes(expected.member("resized")));
        assertThat(picture.softTokens())
            .isEqualTo(GoldenMedia.whole(expected.member("tokens_per_crop")));
      }
    }
  }

  private static String digest(Json.Obj of, String tensor) {
    return GoldenMedia.string(((Json.Obj) of.member(tensor)).member("sha256"));
  }

  private static String file(Json.Obj image) {
    return GoldenMedia.string(image.member("file"));
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
