package ai.pollux.content.processor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.Json;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.image.ImageReader;
import ai.pollux.content.image.RgbImage;
import ai.pollux.testkit.TestFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Target sizes and crops of hundreds of sizes and of real photographs, against the reference. */
final class ReferenceSizesTest {
  private static final int[] BUDGETS = {70, 140, 280, 560, 1120};

  private final Json.Obj expected = expected();

  @Test
  void targetSizesAndCropsAreTheReferences() {
    for (Json row : ((Json.Arr) expected.member("sizes")).values()) {
      int[] wanted = GoldenMedia.wholes(row);
      int width = wanted[0];
      int height = wanted[1];
      List<Integer> found = new ArrayList<>(List.of(width, height));
      for (int budget : BUDGETS) {
        PatchProcessor.Size target =
            new PatchProcessor(PatchSettings.gemma4().withSoftTokens(budget)).target(width, height);
        found.addAll(List.of(target.width(), target.height()));
      }
      found.add(PanAndScan.standard().crops(width, height));
      found.add(new PanAndScan(40, 7, 1.05).crops(width, height));
      assertThat(found).isEqualTo(Arrays.stream(wanted).boxed().toList());
    }
  }

  @TestFactory
  Stream<DynamicTest> photographsAreTheReferences() {
    List<Json.Obj> photos = GoldenMedia.objects(expected.member("photos"));
    assertThat(photos).hasSizeGreaterThan(30);
    return photos.stream()
        .map(photo ->
            DynamicTest.dynamicTest(
                GoldenMedia.string(photo.member("file")), () -> checkPhoto(photo)));
  }

  private static void checkPhoto(Json.Obj photo) throws Exception {
    byte[] file = GoldenMedia.bytes(TestFiles.data(GoldenMedia.string(photo.member("file"))));
    RgbImage image = new ImageReader(MediaLimits.standard()).read(file);
    assertThat(image.width()).isEqualTo(GoldenMedia.whole(photo.member("width")));
    assertThat(image.height()).isEqualTo(GoldenMedia.whole(photo.member("height")));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(image.rgb());
    assertThat(HexFormat.of().formatHex(digest))
        .isEqualTo(GoldenMedia.string(photo.member("sha256")));

    int[] target = GoldenMedia.wholes(photo.member("target"));
    int tokens = target[0] / 48 * (target[1] / 48);
    ProcessedImage.Patches patches = new PatchProcessor(PatchSettings.gemma4()).patches(image);
    assertThat(patches.softTokens()).isEqualTo(tokens);
    assertThat(patches.count()).isEqualTo(9 * tokens);
    assertThat(PanAndScan.standard().crops(image.width(), image.height()))
        .isEqualTo(GoldenMedia.whole(photo.member("crops")));
  }

  private static Json.Obj expected() {
    try (InputStream in =
        ReferenceSizesTest.class.getResourceAsStream("/golden/image/sizes/expected.json")) {
      byte[] text = Objects.requireNonNull(in, "expected.json").readAllBytes();
      return (Json.Obj) Json.parse(new String(text, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
