package ai.pollux.content.image;

import ai.pollux.content.MediaException;

/**
 * What a PNG file says before its pixels (W3C PNG, third edition).
 *
 * @param sampleBytes bytes of a decoded pixel
 */
record PngHeader(
    int width, int height, int sampleBytes, boolean isInterlaced, Orientation orientation) {
  private static final int FIRST_CHUNK = 8;

  static PngHeader read(FileBytes file) {
    if (!file.spells(FIRST_CHUNK + 4, "IHDR") || file.i32(FIRST_CHUNK) != 13) {
      throw new MediaException(
          "The PNG image has no header: expected IHDR, found %s. Save it again."
              .formatted(file.text(FIRST_CHUNK + 4, 4)));
    }
    int data = FIRST_CHUNK + 8;
    int depth = file.u8(data + 8);
    int samples =
        switch (file.u8(data + 9)) {
          case 0 -> 2; // gray; the decoder may add alpha, here and below
          case 2 -> 4;
          case 3 -> 1;
          case 4 -> 2;
          case 6 -> 4;
          default ->
              throw new MediaException(
                  "The PNG image has colours of kind %d; 0, 2, 3, 4 and 6 are read. Save it again."
                      .formatted(file.u8(data + 9)));
        };
    return new PngHeader(
        file.i32(data),
        file.i32(data + 4),
        samples * Math.max(1, depth / 8),
        file.u8(data + 12) != 0,
        orientation(file));
  }

  private static Orientation orientation(FileBytes file) {
    int at = FIRST_CHUNK;
    while (at + 12 <= file.length()) {
      int length = file.i32(at);
      if (length < 0 || length > file.length() - at - 12) {
        break; // cut off: the decoder will say so
      }
      if (file.spells(at + 4, "eXIf")) {
        return Exif.orientation(file, at + 8, at + 8 + length);
      }
      at += 12 + length;
    }
    return Orientation.UPRIGHT;
  }
}
