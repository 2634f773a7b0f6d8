package ai.pollux.train.data.world.picture;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.draw.Distortion;
import java.util.List;

/** What is done to pictures of digits so that few give many. */
public final class Handwriting {
  private Handwriting() {}

  /**
   * As it is in half of the cases; else turned, leaning, larger or smaller, moved, noisy, inverted.
   */
  public static RgbImage varied(RgbImage image, Draw draw) {
    if (draw.chance(0.4)) {
      return image;
    }
    RgbImage moved = moved(image, draw);
    RgbImage result = draw.chance(0.15) ? Distortion.tone(moved, -1, 0) : moved;
    return draw.chance(0.2) ? Distortion.noise(result, draw, draw.between(5, 40)) : result;
  }

  private static RgbImage moved(RgbImage image, Draw draw) {
    double angle = draw.uniform(-0.22, 0.22);
    double scale = draw.uniform(0.85, 1.15);
    double lean = draw.uniform(-0.2, 0.2);
    double cos = StrictMath.cos(angle) / scale;
    double sin = StrictMath.sin(angle) / scale;
    double moveX = draw.uniform(-2, 2);
    double moveY = draw.uniform(-2, 2);
    int side = image.width();
    double middle = side / 2.0 - 0.5;
    byte[] rgb = new byte[3 * side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double dx = x - middle - moveX;
        double dy = y - middle - moveY;
        byte value =
            at(image, middle + dx * cos + dy * sin + lean * dy, middle - dx * sin + dy * cos);
        int i = 3 * (y * side + x);
        rgb[i] = value;
        rgb[i + 1] = value;
        rgb[i + 2] = value;
      }
    }
    return new RgbImage(side, side, rgb);
  }

  /** Between the four pixels around a point; outside is paper. */
  private static byte at(RgbImage image, double x, double y) {
    int x0 = (int) Math.floor(x);
    int y0 = (int) Math.floor(y);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      int px = x0 + i % 2;
      int py = y0 + (i > 1 ? 1 : 0);
      if (px >= 0 && py >= 0 && px < image.width() && py < image.height()) {
        double weight = (1 - Math.abs(x - px)) * (1 - Math.abs(y - py));
        sum += weight * (image.rgb()[3 * (py * image.width() + px)] & 0xFF);
      }
    }
    return (byte) (int) (sum + 0.5);
  }

  /** Pictures of one width, one below the other. */
  static RgbImage column(List<RgbImage> images) {
    int width = images.getFirst().width();
    int height = images.stream().mapToInt(RgbImage::height).sum();
    byte[] rgb = new byte[3 * width * height];
    int at = 0;
    for (RgbImage image : images) {
      System.arraycopy(image.rgb(), 0, rgb, at, image.rgb().length);
      at += image.rgb().length;
    }
    return new RgbImage(width, height, rgb);
  }

  /** Pictures of one height side by side. */
  public static RgbImage row(List<RgbImage> images) {
    int height = images.getFirst().height();
    int width = images.stream().mapToInt(RgbImage::width).sum();
    byte[] rgb = new byte[3 * width * height];
    int left = 0;
    for (RgbImage image : images) {
      for (int y = 0; y < height; y++) {
        System.arraycopy(
            image.rgb(), 3 * y * image.width(), rgb, 3 * (y * width + left), 3 * image.width());
      }
      left += image.width();
    }
    return new RgbImage(width, height, rgb);
  }
}
