package ai.pollux.content.image;

/** The one thing that we read from EXIF: the orientation. Damaged EXIF says nothing. */
final class Exif {
  private static final int ORIENTATION = 0x0112;
  private static final int MOST_TAGS = 1000;

  private Exif() {}

  /**
   * The orientation in a TIFF structure.
   *
   * @param start where it begins (with {@code II} or {@code MM})
   * @param end behind its last byte
   */
  static Orientation orientation(FileBytes file, int start, int end) {
    boolean isLittle = file.spells(start, "II*\0");
    if ((!isLittle && !file.spells(start, "MM\0*")) || start + 8 > end) {
      return Orientation.UPRIGHT;
    }
    int offset = isLittle ? file.i32le(start + 4) : file.i32(start + 4);
    long directory = start + (long) offset;
    if (offset < 8 || directory + 2 > end) {
      return Orientation.UPRIGHT;
    }
    int at = (int) directory;
    int tags = Math.min(MOST_TAGS, isLittle ? file.u16le(at) : file.u16(at));
    for (int tag = at + 2; tag <= end - 12 && tag < at + 2 + 12 * tags; tag += 12) {
      if ((isLittle ? file.u16le(tag) : file.u16(tag)) == ORIENTATION) {
        return Orientation.of(isLittle ? file.u16le(tag + 8) : file.u16(tag + 8));
      }
    }
    return Orientation.UPRIGHT;
  }
}
