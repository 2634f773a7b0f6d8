package ai.pollux.content.image;

import java.awt.image.Raster;

/**
 * What the samples of a JPEG mean, and libjpeg's integer arithmetic that makes them RGB.
 * Four-colour files are taken as all programs take them: inverted, as Adobe writes them, and
 * without a profile: {@code red = (255 - cyan) · (255 - black) / 255}.
 */
enum JpegColors implements RowColors {
  GRAY {
    @Override
    void convert(byte[] samples, byte[] rgb) {
      for (int i = 0; 3 * i < rgb.length; i++) {
        rgb[3 * i] = rgb[3 * i + 1] = rgb[3 * i + 2] = samples[i];
      }
    }
  },
  RGB {
    @Override
    void convert(byte[] samples, byte[] rgb) {
      System.arraycopy(samples, 0, rgb, 0, rgb.length);
    }
  },
  YCBCR {
    @Override
    void convert(byte[] samples, byte[] rgb) {
      for (int i = 0; i < rgb.length; i += 3) {
        int y = samples[i] & 0xFF;
        int blue = (samples[i + 1] & 0xFF) - 128;
        int red = (samples[i + 2] & 0xFF) - 128;
        rgb[i] = (byte) clamp(y + redOf(red));
        rgb[i + 1] = (byte) clamp(y + greenOf(blue, red));
        rgb[i + 2] = (byte) clamp(y + blueOf(blue));
      }
    }
  },
  CMYK {
    @Override
    void convert(byte[] samples, byte[] rgb) {
      for (int from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
        int light = samples[from + 3] & 0xFF;
        rgb[to] = (byte) inked(255 - (samples[from] & 0xFF), light);
        rgb[to + 1] = (byte) inked(255 - (samples[from + 1] & 0xFF), light);
        rgb[to + 2] = (byte) inked(255 - (samples[from + 2] & 0xFF), light);
      }
    }
  },
  YCCK {
    @Override
    void convert(byte[] samples, byte[] rgb) {
      for (int from = 0, to = 0; to < rgb.length; from += 4, to += 3) {
        int y = samples[from] & 0xFF;
        int blue = (samples[from + 1] & 0xFF) - 128;
        int red = (samples[from + 2] & 0xFF) - 128;
        int light = samples[from + 3] & 0xFF;
        rgb[to] = (byte) inked(clamp(y + redOf(red)), light);
        rgb[to + 1] = (byte) inked(clamp(y + greenOf(blue, red)), light);
        rgb[to + 2] = (byte) inked(clamp(y + blueOf(blue)), light);
      }
    }
  };

  /** A row of samples, all of a pixel together, to a row of RGB. */
  abstract void convert(byte[] samples, byte[] rgb);

  @Override
  public void convert(Raster strip, int y, byte[] rgb) {
    byte[] samples = new byte[strip.getNumBands() * strip.getWidth()];
    strip.getDataElements(0, y, strip.getWidth(), 1, samples);
    convert(samples, rgb);
  }

  private static final int HALF = 1 << 15;

  /** 1.402 · Cr, in 16 bits behind the point. */
  private static int redOf(int red) {
    return (91881 * red + HALF) >> 16;
  }

  /** -0.344136 · Cb - 0.714136 · Cr. */
  private static int greenOf(int blue, int red) {
    return (-22554 * blue - 46802 * red + HALF) >> 16;
  }

  /** 1.772 · Cb. */
  private static int blueOf(int blue) {
    return (116130 * blue + HALF) >> 16;
  }

  private static int clamp(int value) {
    return Math.clamp(value, 0, 255);
  }

  /** {@code light - light · ink / 255}, rounded. */
  private static int inked(int ink, int light) {
    int product = ink * light + 128;
    return light - (((product >> 8) + product) >> 8);
  }
}
