package ai.pollux.content.image;

import ai.pollux.content.MediaException;

/**
 * What a JPEG file says before its pixels (ITU T.81, and the JFIF, Adobe and EXIF segments).
 *
 * @param components samples of a pixel
 * @param colors what the samples mean
 * @param coefficientBytes what a decoder has to keep of the whole picture where it comes in several
 *     scans: two bytes for each sample; 0 for one scan
 */
record JpegHeader(
    int width,
    int height,
    int components,
    JpegColors colors,
    Orientation orientation,
    long coefficientBytes) {
  private static final int MOST_SCANS = 100;

  /** Reads up to the first scan, and counts the scans where there are several. */
  static JpegHeader read(FileBytes file) {
    return new Walk(file).run();
  }

  /** From marker to marker. */
  private static final class Walk {
    private final FileBytes file;
    private Orientation orientation = Orientation.UPRIGHT;
    private boolean isJfif;
    private int adobeTransform = -1;
    private int frame = -1; // where the frame header begins
    private boolean isProgressive;

    Walk(FileBytes file) {
      this.file = file;
    }

    JpegHeader run() {
      int at = 2;
      while (true) {
        while (file.u8(at) != 0xFF || file.u8(at + 1) == 0xFF || file.u8(at + 1) == 0) {
          at++;
        }
        int marker = file.u8(at + 1);
        at += 2;
        if (marker == 0xD9) {
          throw new MediaException("The JPEG image ends before its pixels. Save it again.");
        }
        if (marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8)) {
          continue;
        }
        if (marker == 0xDA) {
          return header(at);
        }
        segment(marker, at);
        at += Math.max(2, file.u16(at));
      }
    }

    private void segment(int marker, int at) {
      int end = Math.min(file.length(), at + file.u16(at));
      if (marker == 0xE0 && file.spells(at + 2, "JFIF\0")) {
        isJfif = true;
      } else if (marker == 0xE1 && file.spells(at + 2, "Exif\0\0")) {
        orientation = Exif.orientation(file, at + 8, end);
      } else if (marker == 0xEE && file.spells(at + 2, "Adobe") && end >= at + 14) {
        adobeTransform = file.u8(at + 13);
      } else if (marker >= 0xC0
          && marker <= 0xCF
          && marker != 0xC4
          && marker != 0xC8
          && marker != 0xCC) {
        if (marker > 0xC2 || file.u8(at + 2) != 8) {
          throw new MediaException(
              "The JPEG image is coded in process %d with %d bits; baseline and progressive with 8 bits are read. Save it again as usual JPEG or PNG."
                  .formatted(marker - 0xC0, file.u8(at + 2)));
        }
        isProgressive = marker == 0xC2;
        frame = at + 2;
      }
    }

    private JpegHeader header(int scan) {
      if (frame < 0) {
        throw new MediaException(
            "The JPEG image has pixels before it says how many. Save it again.");
      }
      int components = file.u8(frame + 5);
      if (components != 1 && components != 3 && components != 4) {
        throw new MediaException(
            "The JPEG image has %d samples a pixel; 1, 3 and 4 are read. Save it again as RGB."
                .formatted(components));
      }
      boolean hasManyScans = isProgressive || file.u8(scan + 2) < components;
      if (hasManyScans) {
        checkScans(scan);
      }
      return new JpegHeader(
          file.u16(frame + 3),
          file.u16(frame + 1),
          components,
          colors(components),
          orientation,
          hasManyScans ? coefficientBytes(components) : 0);
    }

    /** libjpeg's rules, which all programs follow. */
    private JpegColors colors(int components) {
      if (components == 1) {
        return JpegColors.GRAY;
      }
      if (components == 4) {
        return adobeTransform == 2 ? JpegColors.YCCK : JpegColors.CMYK;
      }
      String ids = file.text(frame + 6, 1) + file.text(frame + 9, 1) + file.text(frame + 12, 1);
      boolean isRgb = adobeTransform < 0 ? ids.equals("RGB") : adobeTransform == 0;
      return isRgb && !isJfif ? JpegColors.RGB : JpegColors.YCBCR;
    }

    private long coefficientBytes(int components) {
      long widest = 1;
      long highest = 1;
      long blocks = 0;
      for (int i = 0; i < components; i++) {
        int sampling = file.u8(frame + 7 + 3 * i);
        widest = Math.max(widest, sampling >> 4);
        highest = Math.max(highest, sampling & 15);
        blocks += (long) (sampling >> 4) * (sampling & 15);
      }
      return 2L * file.u16(frame + 3) * file.u16(frame + 1) * blocks / (widest * highest);
    }

    /** Thousands of scans over a big picture are a bomb: each takes as long as the whole. */
    private void checkScans(int first) {
      int scans = 1;
      for (int at = first; at + 1 < file.length() && scans <= MOST_SCANS; at++) {
        if (file.array()[at] == (byte) 0xFF && file.array()[at + 1] == (byte) 0xDA) {
          scans++;
        }
      }
      if (scans > MOST_SCANS) {
        throw new MediaException(
            "The JPEG image comes in more than %d scans; usual ones have 10. Save it again."
                .formatted(MOST_SCANS));
      }
    }
  }
}
