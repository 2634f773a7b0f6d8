package ai.pollux.content.processor;

import ai.pollux.content.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** Gemma 3 and 3n: the whole image at a fixed size, and behind it the crops, if any are taken. */
public record PictureProcessor(PictureSettings settings) implements ImageProcessor {
  @Override
  public List<ProcessedImage> process(RgbImage image) {
    List<ProcessedImage> all = new ArrayList<>();
    all.add(picture(image));
    int crops =
        settings
            .panAndScan()
            .map(setting -> setting.crops(image.fullWidth(), image.fullHeight()))
            .orElse(0);
    for (int i = 0; i < crops; i++) {
      all.add(picture(crop(image, i, crops)));
    }
    return all;
  }

  /** Crop {@code i}: all are of one size, but the last may be shorter. */
  private static RgbImage crop(RgbImage image, int i, int crops) {
    if (image.width() >= image.height()) {
      int width = Math.ceilDiv(image.width(), crops);
      return image.crop(i * width, 0, Math.min(width, image.width() - i * width), image.height());
    }
    int height = Math.ceilDiv(image.height(), crops);
    return image.crop(0, i * height, image.width(), Math.min(height, image.height() - i * height));
  }

  private ProcessedImage picture(RgbImage image) {
    RgbImage resized = settings.resampling().resize(image, settings.width(), settings.height());
    byte[] rgb = resized.rgb();
    int plane = settings.width() * settings.height();
    float[] values = new float[3 * plane];
    for (int color = 0; color < 3; color++) {
      float[] table = settings.scaling().table(color);
      for (int i = 0; i < plane; i++) {
        values[color * plane + i] = table[rgb[3 * i + color] & 0xFF];
      }
    }
    return new ProcessedImage.Picture(
        values, settings.height(), settings.width(), settings.softTokens());
  }
}
