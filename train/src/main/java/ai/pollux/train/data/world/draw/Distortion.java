package ai.pollux.train.data.world.draw;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.world.Draw;

/** What cameras and bad copies do to a picture. */
public final class Distortion {
  private Distortion() {}

  /** Adds noise of up to {@code most} to each component. */
  public static RgbImage noise(RgbImage image, Draw draw, int most) {
    byte[] rgb = image.rgb().clone();
    for (int i = 0; i < rgb.length; i += 4) {
      long bits = draw.bits();
      for (int j = i; j < Math.min(i + 4, rgb.length); j++, bits >>>= 16) {
        int noise = (int) (((bits & 0xFFFF) * (2 * most + 1)) >> 16) - most;
        rgb[j] = (byte) Math.clamp((rgb[j] & 0xFF) + noise, 0, 255);
      }
    }
    return new RgbImage(image.width(), image.height(), rgb);
  }

  /** Each pixel becomes the mean of itself and its eight neighbours, weighted 4, 2 and 1. */
  public static RgbImage blur(RgbImage image) {
    int width = image.width();
    int height = image.height();
    byte[] from = image.rgb();
    byte[] rgb = new byte[from.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < 3; c++) {
          int sum = 8;
          for (int k = 0; k < 9; k++) {
            int nx = Math.clamp(x + k % 3 - 1, 0, width - 1);
            int ny = Math.clamp(y + k / 3 - 1, 0, height - 1);
            int weight = (k % 3 == 1 ? 2 : 1) * (k / 3 == 1 ? 2 : 1);
            sum += weight * (from[3 * (ny * width + nx) + c] & 0xFF);
          }
          rgb[3 * (y * width + x) + c] = (byte) (sum / 16);
        }
      }
    }
    return new RgbImage(width, height, rgb);
  }

  /**
   * Moves all values towards the middle and up or down: {@code (v - 128) · contrast + 128 + light}.
   */
  public static RgbImage tone(RgbImage image, double contrast, double light) {
    byte[] rgb = image.rgb().clone();
    byte[] table = new byte[256];
    for (int i = 0; i < 256; i++) {
      table[i] = (byte) Math.clamp(Math.round((i - 128) * contrast + 128 + light), 0, 255);
    }
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = table[rgb[i] & 0xFF];
    }
    return new RgbImage(image.width(), image.height(), rgb);
  }

  /** A little of each, at random; nothing at all in half of the cases. */
  public static RgbImage some(RgbImage image, Draw draw) {
    if (draw.chance(0.5)) {
      return image;
    }
    RgbImage result = image;
    if (draw.chance(0.3)) {
      result = blur(result);
    }
    if (draw.chance(0.5)) {
      result = tone(result, draw.uniform(0.7, 1.1), draw.uniform(-20, 20));
    }
    return draw.chance(0.5) ? noise(result, draw, draw.between(3, 20)) : result;
  }
}
