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
import org.junit.jupiter.api.Test;
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

  private final Path folder = TestFiles.golden("processors/default");
  private final List<Json.Obj> images =
      GoldenMedia.objects(GoldenMedia.json(folder.resolve("expected.json")).member("images"));

  @TestFactory
  Stream<DynamicTest> imagesAreTheReferences() {
    return images.stream()
        .flatMap(image ->
            FRONT_ENDS.keySet().stream()
                .sorted()
                .filter(frontEnd -> image.member(frontEnd) instanceof Json.Obj)
                .map(frontEnd ->
                    DynamicTest.dynamicTest(
                        frontEnd + " " + file(image), () -> check(image, frontEnd))));
  }

  /** Those of JPEG too: the JDK's decoder is libjpeg. A 16-bit gray picture is white there. */
  @Test
  void decodedPixelsAreTheReferences() {
    assertThat(images.stream().filter(image -> !sameRgb(image)).map(image -> file(image)))
        .allMatch(file -> file.contains("16bit"));
  }

  private void check(Json.Obj image, String frontEnd) {
    Json.Obj expected = (Json.Obj) image.member(frontEnd);
    List<ProcessedImage> made = FRONT_ENDS.get(frontEnd).process(GoldenMedia.read(file(image)));
    checkSizes(expected, made);
    Json.Obj values = (Json.Obj) expected.member("pixel_values");
    if (sameRgb(image)) {
      assertThat(sha256(bytes(GoldenMedia.values(made))))
          .isEqualTo(GoldenMedia.string(values.member("sha256")));
    }
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

  private static boolean sameRgb(Json.Obj image) {
    RgbImage read = GoldenMedia.read(file(image));
    return sha256(read.rgb())
        .equals(GoldenMedia.string(((Json.Obj) image.member("rgb")).member("sha256")));
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
