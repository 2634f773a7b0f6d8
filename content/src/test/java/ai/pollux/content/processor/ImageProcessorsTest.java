package ai.pollux.content.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings out of a checkpoint's files: absent, of older layouts, and wrong. */
final class ImageProcessorsTest {
  @TempDir private Path folder;

  private ProcessorFiles files(String... namesAndTexts) throws IOException {
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      Files.writeString(folder.resolve(namesAndTexts[i]), namesAndTexts[i + 1]);
    }
    return ProcessorFiles.in(folder);
  }

  private static String config(String type) {
    return "{\"model_type\": \"" + type + "\", \"vision_config\": {}}";
  }

  @Test
  void withoutFilesPublishedValuesCount() throws IOException {
    assertThat(ImageProcessors.forImages(files("config.json", config("gemma4"))))
        .contains(new PatchProcessor(PatchSettings.gemma4()));
    assertThat(ImageProcessors.forImages(files("config.json", config("gemma4_unified"))))
        .contains(new PatchProcessor(PatchSettings.gemma4Unified()));
    assertThat(ImageProcessors.forImages(files("config.json", config("gemma3"))))
        .contains(new PictureProcessor(PictureSettings.gemma3()));
    assertThat(ImageProcessors.forImages(files("config.json", config("gemma3n"))))
        .contains(new PictureProcessor(PictureSettings.gemma3n()));
  }

  @Test
  void framesHaveABudgetAndAScalingOfTheirOwn() throws IOException {
    PatchProcessor frames =
        (PatchProcessor)
            ImageProcessors.forFrames(files("config.json", config("gemma4"))).orElseThrow();
    assertThat(frames.settings().softTokens()).isEqualTo(70);
    assertThat(frames.settings().scaling()).isEqualTo(Scaling.divided());
    assertThat(frames.settings().patchSize()).isEqualTo(16);
  }

  @Test
  void aModelOfTextAloneHasNoProcessor() throws IOException {
    assertThat(ImageProcessors.forImages(files("config.json", "{\"model_type\": \"gemma3_text\"}")))
        .isEmpty();
    assertThat(
            ImageProcessors.forImages(
                files("config.json", "{\"model_type\": \"gemma4\", \"vision_config\": null}")))
        .isEmpty();
    assertThat(ImageProcessors.forFrames(ProcessorFiles.in(folder.resolve("absent")))).isEmpty();
  }

  @Test
  void theOlderLayoutIsRead() throws IOException {
    ProcessorFiles files =
        files(
            "config.json",
            config("gemma3"),
            "processor_config.json",
            "{\"image_seq_length\": 64}",
            "preprocessor_config.json",
            """
            {"do_convert_rgb": null, "do_pan_and_scan": true, "do_normalize": true, "do_resize": true,
             "pan_and_scan_min_crop_size": null, "pan_and_scan_max_num_crops": 3,
             "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5], "resample": 3,
             "size": {"height": 448, "width": 224}}\
            """);
    PictureSettings settings =
        ((PictureProcessor) ImageProcessors.forImages(files).orElseThrow()).settings();
    assertThat(settings.width()).isEqualTo(224);
    assertThat(settings.height()).isEqualTo(448);
    assertThat(settings.softTokens()).isEqualTo(64);
    assertThat(settings.panAndScan()).contains(new PanAndScan(256, 3, 1.2));
    assertThat(((PictureProcessor) ImageProcessors.forFrames(files).orElseThrow()).settings())
        .extracting(PictureSettings::panAndScan)
        .isEqualTo(Optional.empty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"patch_size": "big"} | image processor: expected patch_size to be a whole number, found "big". Check the checkpoint's files.
          {"patch_size": 0} | Expected patch_size from 1 to 256 and pooling_kernel_size from 1 to 16, found 0 and 3.
          {"max_soft_tokens": 100} | Expected max_soft_tokens to be 70, 140, 280, 560 or 1120, found 100.
          {"resample": 1} | image processor: expected resample to be 2 (bilinear) or 3 (bicubic), found 1. Check the checkpoint's files.
          {"do_rescale": false} | image processor: expected do_rescale to be true, found false. Check the checkpoint's files.
          {"do_normalize": 1} | image processor: expected do_normalize to be true or false, found 1. Check the checkpoint's files.
          {"image_mean": [0, "x", 1]} | image processor: expected image_mean to be a list of numbers, found [0,"x",1]. Check the checkpoint's files.
          {"image_std": [1, 0, 1]} | Expected mean and deviation of 3 colours, no deviation of 0; found [0.0, 0.0, 0.0] and [1.0, 0.0, 1.0]. Check image_mean and image_std.
          {"rescale_factor": 0} | Expected rescale_factor above 0 and up to 1, found 0.0.
          """)
  void aWrongValueIsNamed(String settings, String message) throws IOException {
    ProcessorFiles files =
        files("config.json", config("gemma4"), "preprocessor_config.json", settings);
    assertThatThrownBy(() -> ImageProcessors.forImages(files))
        .isInstanceOf(ProcessorException.class)
        .hasMessage(message);
  }

  @Test
  void aBrokenFileIsNamed() {
    assertThatThrownBy(() -> files("processor_config.json", "{\"image_processor\": "))
        .isInstanceOf(ProcessorException.class)
        .hasMessageContaining("processor_config.json: expected a JSON object, found: Not a JSON");
    assertThatThrownBy(() -> files("processor_config.json", "[]"))
        .isInstanceOf(ProcessorException.class)
        .hasMessageContaining("processor_config.json: expected a JSON object.");
  }
}
