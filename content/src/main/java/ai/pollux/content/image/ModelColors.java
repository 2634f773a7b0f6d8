package ai.pollux.content.image;

import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * The colours of what ImageIO decoded, as they are stored: no profile is applied, gray is repeated,
 * alpha is dropped (not blended), of 16 bits the high 8 are taken.
 */
sealed interface ModelColors extends RowColors {
  /** How samples of a colour model become RGB. */
  static ModelColors of(ColorModel model) {
    if (model instanceof IndexColorModel indexed) {
      int[] palette = new int[indexed.getMapSize()];
      indexed.getRGBs(palette);
      return new Palette(palette);
    }
    if (model instanceof ComponentColorModel && model.getTransferType() == DataBuffer.TYPE_BYTE) {
      return new Bytes(model.getNumComponents());
    }
    if (model instanceof ComponentColorModel && model.getTransferType() == DataBuffer.TYPE_USHORT) {
      return new Shorts(model.getNumComponents());
    }
    return new Packed(model);
  }

  /** A byte for each sample. */
  record Bytes(int bands) implements ModelColors {
    @Override
    public void convert(Raster strip, int y, byte[] rgb) {
      byte[] samples = new byte[bands * strip.getWidth()];
      strip.getDataElements(0, y, strip.getWidth(), 1, samples);
      int green = bands < 3 ? 0 : 1;
      for (int from = 0, to = 0; to < rgb.length; from += bands, to += 3) {
        rgb[to] = samples[from];
        rgb[to + 1] = samples[from + green];
        rgb[to + 2] = samples[from + 2 * green];
      }
    }
  }

  /** Two bytes for each sample. */
  record Shorts(int bands) implements ModelColors {
    @Override
    public void convert(Raster strip, int y, byte[] rgb) {
      short[] samples = new short[bands * strip.getWidth()];
      strip.getDataElements(0, y, strip.getWidth(), 1, samples);
      int green = bands < 3 ? 0 : 1;
      for (int from = 0, to = 0; to < rgb.length; from += bands, to += 3) {
        rgb[to] = (byte) (samples[from] >> 8);
        rgb[to + 1] = (byte) (samples[from + green] >> 8);
        rgb[to + 2] = (byte) (samples[from + 2 * green] >> 8);
      }
    }
  }

  /** A number in a palette for each pixel; a number behind its end is black. */
  record Palette(int[] colors) implements ModelColors {
    @Override
    public void convert(Raster strip, int y, byte[] rgb) {
      byte[] samples = new byte[strip.getWidth()];
      strip.getDataElements(0, y, strip.getWidth(), 1, samples);
      for (int x = 0; x < samples.length; x++) {
        int index = samples[x] & 0xFF;
        put(index < colors.length ? colors[index] : 0, rgb, 3 * x);
      }
    }
  }

  /** All samples of a pixel in one number. */
  record Packed(ColorModel model) implements ModelColors {
    @Override
    public void convert(Raster strip, int y, byte[] rgb) {
      Object pixel = null;
      for (int x = 0; x < strip.getWidth(); x++) {
        pixel = strip.getDataElements(x, y, pixel);
        put(model.getRGB(pixel), rgb, 3 * x);
      }
    }
  }

  private static void put(int color, byte[] rgb, int at) {
    rgb[at] = (byte) (color >> 16);
    rgb[at + 1] = (byte) (color >> 8);
    rgb[at + 2] = (byte) color;
  }
}
