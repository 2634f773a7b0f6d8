package ai.pollux.assistant.media;

import ai.pollux.content.MediaResolution;
import ai.pollux.content.processor.ImageProcessor;
import ai.pollux.content.processor.PanAndScan;
import ai.pollux.content.processor.PatchProcessor;
import ai.pollux.content.processor.PictureProcessor;
import java.util.OptionalInt;

/** What a resolution that somebody asks for means to a family. */
final class Budgets {
  private Budgets() {}

  /**
   * A processor of images at a resolution. Gemma 4 takes 70, 280, 560 or 1120 tokens; Gemma 3,
   * whose images have one size, adds crops from HIGH on.
   */
  static ImageProcessor images(ImageProcessor standard, MediaResolution resolution) {
    return switch (standard) {
      case PatchProcessor patches ->
          with(
              patches,
              switch (resolution) {
                case DEFAULT -> OptionalInt.empty();
                case LOW -> OptionalInt.of(70);
                case MEDIUM -> OptionalInt.of(280);
                case HIGH -> OptionalInt.of(560);
                case ULTRA_HIGH -> OptionalInt.of(1120);
              });
      case PictureProcessor pictures ->
          switch (resolution) {
            case DEFAULT -> pictures;
            case LOW, MEDIUM -> new PictureProcessor(pictures.settings().whole());
            case HIGH, ULTRA_HIGH ->
                new PictureProcessor(pictures.settings().withPanAndScan(PanAndScan.standard()));
          };
    };
  }

  /** A processor of frames at a resolution: of Gemma 4, 70, 140 or 280 tokens each. */
  static ImageProcessor frames(ImageProcessor standard, MediaResolution resolution) {
    return switch (standard) {
      case PatchProcessor patches ->
          with(
              patches,
              switch (resolution) {
                case DEFAULT -> OptionalInt.empty();
                case LOW, MEDIUM -> OptionalInt.of(70);
                case HIGH -> OptionalInt.of(140);
                case ULTRA_HIGH -> OptionalInt.of(280);
              });
      case PictureProcessor pictures -> pictures;
    };
  }

  private static PatchProcessor with(PatchProcessor standard, OptionalInt budget) {
    return budget.isEmpty()
        ? standard
        : new PatchProcessor(standard.settings().withSoftTokens(budget.getAsInt()));
  }
}
