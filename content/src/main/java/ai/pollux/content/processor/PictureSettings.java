package ai.pollux.content.processor;

import ai.pollux.content.image.Resampling;
import java.util.Optional;

/**
 * How Gemma 3 and 3n take images: all at one size, whatever their aspect ratio.
 *
 * @param softTokens tokens of an image, and of each crop
 */
public record PictureSettings(
    int width,
    int height,
    int softTokens,
    Resampling resampling,
    Scaling scaling,
    Optional<PanAndScan> panAndScan) {
  /** Refuses sizes that are none. */
  public PictureSettings {
    if (width < 1 || height < 1 || width > 4096 || height > 4096 || softTokens < 1) {
      throw new ProcessorException(
          "Expected a size from 1 x 1 to 4096 x 4096 and at least 1 token, found %d x %d and %d."
              .formatted(width, height, softTokens));
    }
  }

  /** Published Gemma 3: 896 x 896, 256 tokens, no crops. */
  public static PictureSettings gemma3() {
    return new PictureSettings(
        896, 896, 256, Resampling.BILINEAR, Scaling.centred(), Optional.empty());
  }

  /** Published Gemma 3n: 768 x 768, 256 tokens, values from 0 to 1. */
  public static PictureSettings gemma3n() {
    return new PictureSettings(
        768, 768, 256, Resampling.BILINEAR, Scaling.unit(), Optional.empty());
  }

  /** These settings with crops, for one prompt. */
  public PictureSettings withPanAndScan(PanAndScan crops) {
    return new PictureSettings(width, height, softTokens, resampling, scaling, Optional.of(crops));
  }

  /** These settings without crops. */
  public PictureSettings whole() {
    return new PictureSettings(width, height, softTokens, resampling, scaling, Optional.empty());
  }
}
