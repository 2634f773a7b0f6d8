package ai.pollux.content.image;

import ai.pollux.content.MediaException;
import java.util.Set;

/** The size that a BMP file says: that of Windows, or the short one of OS/2. */
record BmpHeader(long width, long height) {
  private static final int OS2 = 12;

  /** None, two run lengths, and two with masks; others hold a whole JPEG or PNG of another size. */
  private static final Set<Integer> PACKINGS = Set.of(0, 1, 2, 3, 6);

  static BmpHeader read(FileBytes file) {
    if (file.i32le(14) == OS2) {
      return new BmpHeader(file.u16le(18), file.u16le(20));
    }
    if (!PACKINGS.contains(file.i32le(30))) {
      throw new MediaException(
          "The BMP image is packed in manner %d; 0, 1, 2, 3 and 6 are read. Save it as PNG."
              .formatted(file.i32le(30)));
    }
    return new BmpHeader(file.i32le(18), Math.abs((long) file.i32le(22))); // below 0: top row first
  }
}
