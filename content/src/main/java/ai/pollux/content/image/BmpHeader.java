package ai.pollux.content.image;

/** The size that a BMP file says: that of Windows, or the short one of OS/2. */
record BmpHeader(long width, long height) {
  private static final int OS2 = 12;

  static BmpHeader read(FileBytes file) {
    return file.i32le(14) == OS2
        ? new BmpHeader(file.u16le(18), file.u16le(20))
        : new BmpHeader(file.i32le(18), Math.abs((long) file.i32le(22))); // below 0: top row first
  }
}
