package ai.pollux.assistant.media;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.content.MediaResolution;
import ai.pollux.content.processor.ImageProcessor;
import ai.pollux.content.processor.PanAndScan;
import ai.pollux.content.processor.PatchProcessor;
import ai.pollux.content.processor.PatchSettings;
import ai.pollux.content.processor.PictureProcessor;
import ai.pollux.content.processor.PictureSettings;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BudgetsTest {
  private static final ImageProcessor GEMMA4 = new PatchProcessor(PatchSettings.gemma4());
  private static final ImageProcessor UNIFIED = new PatchProcessor(PatchSettings.gemma4Unified());
  private static final ImageProcessor GEMMA3 = new PictureProcessor(PictureSettings.gemma3());
  private static final ImageProcessor GEMMA3N = new PictureProcessor(PictureSettings.gemma3n());

  @ParameterizedTest
  @CsvSource({"DEFAULT,280", "LOW,70", "MEDIUM,280", "HIGH,560", "ULTRA_HIGH,1120"})
  void imagesOfGemma4TakeTheBudgetOfTheirResolution(MediaResolution resolution, int tokens) {
    assertThat(tokens(Budgets.images(GEMMA4, resolution))).isEqualTo(tokens);
    assertThat(tokens(Budgets.images(UNIFIED, resolution))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @CsvSource({"DEFAULT,70", "LOW,70", "MEDIUM,70", "HIGH,140", "ULTRA_HIGH,280"})
  void framesOfGemma4TakeASmallerOne(MediaResolution resolution, int tokens) {
    ImageProcessor frames = new PatchProcessor(PatchSettings.gemma4().frames());
    assertThat(tokens(Budgets.frames(frames, resolution))).isEqualTo(tokens);
  }

  @ParameterizedTest
  @EnumSource
  void imagesOfGemma3AreCutInCropsFromHighOn(MediaResolution resolution) {
    boolean isCut = resolution == MediaResolution.HIGH || resolution == MediaResolution.ULTRA_HIGH;
    assertThat(crops(Budgets.images(GEMMA3, resolution)))
        .isEqualTo(isCut ? Optional.of(PanAndScan.standard()) : Optional.empty());
  }

  @Test
  void aLowResolutionTakesBackCropsThatAModelAsksFor() {
    ImageProcessor cut =
        new PictureProcessor(PictureSettings.gemma3().withPanAndScan(PanAndScan.standard()));
    assertThat(crops(Budgets.images(cut, MediaResolution.DEFAULT))).isPresent();
    assertThat(crops(Budgets.images(cut, MediaResolution.LOW))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void framesOfPicturesStayAsTheyAre(MediaResolution resolution) {
    assertThat(Budgets.frames(GEMMA3N, resolution)).isSameAs(GEMMA3N);
  }

  private static int tokens(ImageProcessor processor) {
    return ((PatchProcessor) processor).settings().softTokens();
  }

  private static Optional<PanAndScan> crops(ImageProcessor processor) {
    return ((PictureProcessor) processor).settings().panAndScan();
  }
}
