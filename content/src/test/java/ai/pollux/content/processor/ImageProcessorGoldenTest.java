package ai.pollux.content.processor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.image.RgbImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What processors make of the images and frames of all multimodal cases, value by value. */
final class ImageProcessorGoldenTest {
  @TestFactory
  Stream<DynamicTest> imagesAreTheReferences() {
    return prompts("image")
        .map(each -> DynamicTest.dynamicTest(each.toString(), () -> image(each)));
  }

  @TestFactory
  Stream<DynamicTest> framesAreTheReferences() {
    return prompts("video")
        .map(each -> DynamicTest.dynamicTest(each.toString(), () -> frames(each)));
  }

  @Test
  void allFamiliesAreThere() {
    assertThat(prompts("image").map(each -> each.folder().getParent().getFileName().toString()))
        .contains("gemma3", "gemma4", "gemma4_unified");
    assertThat(prompts("video").count()).isGreaterThanOrEqualTo(2);
  }

  private static Stream<GoldenMedia.Prompt> prompts(String kind) {
    return GoldenMedia.prompts().stream().filter(prompt -> prompt.hasMedium(kind));
  }

  private static void image(GoldenMedia.Prompt prompt) {
    List<ProcessedImage> made = new ArrayList<>();
    long images =
        prompt.media().stream()
            .filter(each -> GoldenMedia.string(each.member("type")).equals("image"))
            .count();
    for (int i = 0; i < images; i++) {
      made.addAll(prompt.imageProcessor().process(prompt.image(i)));
    }
    check(prompt, made);
  }

  private static void frames(GoldenMedia.Prompt prompt) {
    byte[] all = prompt.expected().bytes(prompt.name() + ".decoded.0");
    int[] shape = prompt.expected().shape(prompt.name() + ".decoded.0");
    int size = 3 * shape[1] * shape[2];
    ImageProcessor processor = ImageProcessors.forFrames(prompt.files()).orElseThrow();
    List<ProcessedImage> made = new ArrayList<>();
    for (int frame : GoldenMedia.wholes(prompt.input().member("frame_indices"))) {
      byte[] rgb = Arrays.copyOfRange(all, frame * size, (frame + 1) * size);
      made.addAll(processor.process(new RgbImage(shape[2], shape[1], rgb)));
    }
    check(prompt, made);
  }

  private static void check(GoldenMedia.Prompt prompt, List<ProcessedImage> made) {
    assertThat(GoldenMedia.values(made)).isEqualTo(prompt.floats("pixel_values"));
    if (prompt.has("position_ids")) {
      assertThat(GoldenMedia.positions(made)).isEqualTo(prompt.ints("position_ids"));
      assertThat(made.stream().mapToInt(each -> ((ProcessedImage.Patches) each).count()).toArray())
          .isEqualTo(prompt.ints("patches_per_image"));
      assertThat(sizes(made)).isEqualTo(prompt.ints("resized_height_width"));
    }
  }

  /** Height and width of each image after resizing, which its last patch tells. */
  private static int[] sizes(List<ProcessedImage> made) {
    return made.stream()
        .map(ProcessedImage.Patches.class::cast)
        .flatMapToInt(patches -> {
          int side = (int) Math.round(Math.sqrt(patches.width() / 3.0));
          int last = patches.count() - 1;
          return Arrays.stream(
              new int[] {side * (patches.rows()[last] + 1), side * (patches.columns()[last] + 1)});
        })
        .toArray();
  }
}
