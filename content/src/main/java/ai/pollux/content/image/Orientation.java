package ai.pollux.content.image;

/**
 * How a stored picture has to be turned to be upright: the eight values of the EXIF tag 0x0112, in
 * its order.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  HALF_TURN(false, true, true),
  UPSIDE_DOWN_MIRRORED(false, false, true),
  TRANSPOSED(true, false, false),
  QUARTER_TURN_RIGHT(true, false, true),
  TRANSVERSED(true, true, true),
  QUARTER_TURN_LEFT(true, true, false);

  private final boolean swapsAxes;
  private final boolean flipsColumns;
  private final boolean flipsRows;

  Orientation(boolean swapsAxes, boolean flipsColumns, boolean flipsRows) {
    this.swapsAxes = swapsAxes;
    this.flipsColumns = flipsColumns;
    this.flipsRows = flipsRows;
  }

  /** The orientation that EXIF writes as {@code tag}, 1 to 8; upright for any other number. */
  static Orientation of(int tag) {
    return tag >= 1 && tag <= values().length ? values()[tag - 1] : UPRIGHT;
  }

  /** The picture upright. */
  RgbImage apply(RgbImage image) {
    if (this == UPRIGHT) {
      return image;
    }
    int width = swapsAxes ? image.height() : image.width();
    int height = swapsAxes ? image.width() : image.height();
    byte[] from = image.rgb();
    byte[] to = new byte[from.length];
    int step = swapsAxes ? image.width() : 1; // in pixels of the source, along a row of the target
    if (swapsAxes ? flipsRows : flipsColumns) {
      step = -step;
    }
    for (int y = 0; y < height; y++) {
      int source = 3 * start(image, y);
      for (int at = 3 * y * width; at < 3 * (y + 1) * width; at += 3) {
        to[at] = from[source];
        to[at + 1] = from[source + 1];
        to[at + 2] = from[source + 2];
        source += 3 * step;
      }
    }
    return swapsAxes
        ? new RgbImage(width, height, to, image.fullHeight(), image.fullWidth())
        : new RgbImage(width, height, to, image.fullWidth(), image.fullHeight());
  }

  /** The stored pixel that comes first in row {@code y} of the upright picture. */
  private int start(RgbImage image, int y) {
    int column = swapsAxes ? y : 0;
    int row = swapsAxes ? 0 : y;
    int storedColumn = flipsColumns ? image.width() - 1 - column : column;
    int storedRow = flipsRows ? image.height() - 1 - row : row;
    return storedRow * image.width() + storedColumn;
  }
}
