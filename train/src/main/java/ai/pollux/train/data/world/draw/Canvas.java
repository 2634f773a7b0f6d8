package ai.pollux.train.data.world.draw;

import ai.pollux.content.image.RgbImage;

/** An image that is being drawn. */
public final class Canvas {
  /** Each pixel is tested at so many points in each direction. */
  private static final int GRID = 4;

  private final int width;
  private final int height;
  private final byte[] rgb;

  /** A canvas of one colour. */
  public Canvas(int width, int height, Ink ground) {
    this.width = width;
    this.height = height;
    rgb = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      set(i, ground.rgb());
    }
  }

  /** Pixels across. */
  public int width() {
    return width;
  }

  /** Pixels down. */
  public int height() {
    return height;
  }

  /** What was drawn. The canvas must not be used afterwards. */
  public RgbImage image() {
    return new RgbImage(width, height, rgb);
  }

  /** Paints a region; pixels on its edge in part. */
  public Canvas paint(Region region, Ink ink) {
    double[] bounds = region.bounds();
    int left = Math.max(0, (int) Math.floor(bounds[0]));
    int top = Math.max(0, (int) Math.floor(bounds[1]));
    int right = Math.min(width - 1, (int) Math.ceil(bounds[2]));
    int bottom = Math.min(height - 1, (int) Math.ceil(bounds[3]));
    for (int y = top; y <= bottom; y++) {
      for (int x = left; x <= right; x++) {
        blend(x, y, ink.rgb(), coverage(region, x, y) * 255 / (GRID * GRID));
      }
    }
    return this;
  }

  /** Fills whole pixels; what is outside of the canvas is left out. */
  public Canvas fill(int left, int top, int across, int down, Ink ink) {
    for (int y = Math.max(0, top); y < Math.min(height, top + down); y++) {
      for (int x = Math.max(0, left); x < Math.min(width, left + across); x++) {
        set(y * width + x, ink.rgb());
      }
    }
    return this;
  }

  /** How many of a pixel's points are inside. */
  private static int coverage(Region region, int x, int y) {
    int hits = 0;
    for (int i = 0; i < GRID; i++) {
      for (int j = 0; j < GRID; j++) {
        hits += region.contains(x + (j + 0.5) / GRID, y + (i + 0.5) / GRID) ? 1 : 0;
      }
    }
    return hits;
  }

  /**
   * Mixes a colour into a pixel.
   *
   * @param share of 255; 255 replaces the pixel
   */
  public void blend(int x, int y, int color, int share) {
    if (share == 0 || x < 0 || y < 0 || x >= width || y >= height) {
      return;
    }
    int i = 3 * (y * width + x);
    for (int c = 0; c < 3; c++) {
      int old = rgb[i + c] & 0xFF;
      int now = color >> (16 - 8 * c) & 0xFF;
      rgb[i + c] = (byte) ((old * (255 - share) + now * share + 127) / 255);
    }
  }

  /** Draws an image at its own size. */
  public void copy(RgbImage image, int x, int y) {
    for (int row = 0; row < image.height(); row++) {
      System.arraycopy(
          image.rgb(),
          3 * row * image.width(),
          rgb,
          3 * ((y + row) * width + x),
          3 * image.width());
    }
  }

  private void set(int pixel, int color) {
    rgb[3 * pixel] = (byte) (color >> 16);
    rgb[3 * pixel + 1] = (byte) (color >> 8);
    rgb[3 * pixel + 2] = (byte) color;
  }
}
