package ai.pollux.content.image;

import java.awt.image.Raster;

/** Makes RGB of decoded samples. */
interface RowColors {
  /**
   * A row as RGB.
   *
   * @param strip decoded samples
   * @param y the row in the strip
   * @param rgb receives three bytes for each pixel
   */
  void convert(Raster strip, int y, byte[] rgb);
}
