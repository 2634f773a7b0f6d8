package ai.pollux.content.image;

import ai.pollux.content.MediaException;

/**
 * Where the picture of a WebP file lies, or the first frame of an animated one (RFC 9649).
 *
 * @param width of the canvas
 * @param left where the frame stands on it
 * @param chunk where the frame's chunk ({@code VP8 } or {@code VP8L}) begins
 */
record WebpHeader(
    int width,
    int height,
    int left,
    int top,
    int frameWidth,
    int frameHeight,
    int chunk,
    Orientation orientation) {
  private static final int FIRST_CHUNK = 12;
  private static final int CHUNK_HEAD = 8;
  private static final int FRAME_HEAD = 16;

  static WebpHeader read(FileBytes file) {
    int canvas = find(file, "VP8X", FIRST_CHUNK);
    int exif = canvas < 0 ? -1 : find(file, "EXIF", FIRST_CHUNK);
    Orientation orientation = exif < 0 ? Orientation.UPRIGHT : orientation(file, exif);
    int frame = canvas < 0 ? -1 : find(file, "ANMF", FIRST_CHUNK);
    int chunk = picture(file, frame < 0 ? FIRST_CHUNK : frame + CHUNK_HEAD + FRAME_HEAD);
    boolean isLossless = file.spells(chunk, "VP8L");
    int data = chunk + CHUNK_HEAD;
    int bits = isLossless ? file.i32le(data + 1) : 0;
    int width = isLossless ? (bits & 0x3FFF) + 1 : file.u16le(data + 6) & 0x3FFF;
    int height = isLossless ? ((bits >> 14) & 0x3FFF) + 1 : file.u16le(data + 8) & 0x3FFF;
    int left = frame < 0 ? 0 : 2 * file.u24le(frame + CHUNK_HEAD);
    int top = frame < 0 ? 0 : 2 * file.u24le(frame + CHUNK_HEAD + 3);
    return new WebpHeader(
        Math.max(canvas < 0 ? 0 : file.u24le(canvas + CHUNK_HEAD + 4) + 1, left + width),
        Math.max(canvas < 0 ? 0 : file.u24le(canvas + CHUNK_HEAD + 7) + 1, top + height),
        left,
        top,
        width,
        height,
        chunk,
        orientation);
  }

  /** Whether the decoder has to hold the whole frame. */
  boolean isLossless(FileBytes file) {
    return file.spells(chunk, "VP8L");
  }

  /** The frame alone, as a file of the simple kind: without alpha, animation and all else. */
  FileBytes frame(FileBytes file) {
    int length = CHUNK_HEAD + size(file, chunk);
    byte[] simple = new byte[FIRST_CHUNK + length + (length & 1)];
    System.arraycopy(file.array(), 0, simple, 0, FIRST_CHUNK);
    System.arraycopy(file.array(), chunk, simple, FIRST_CHUNK, length);
    int riff = simple.length - CHUNK_HEAD;
    for (int i = 0; i < 4; i++) {
      simple[4 + i] = (byte) (riff >> (8 * i));
    }
    return new FileBytes(simple);
  }

  private static int picture(FileBytes file, int from) {
    int lossy = find(file, "VP8 ", from);
    int chunk = lossy < 0 ? find(file, "VP8L", from) : lossy;
    if (chunk < 0) {
      throw new MediaException(
          "The WebP image has no picture: expected a chunk VP8 or VP8L. It is damaged or cut off: send the whole file, or save it again.");
    }
    return chunk;
  }

  private static Orientation orientation(FileBytes file, int exif) {
    int start = exif + CHUNK_HEAD;
    int tiff = file.spells(start, "Exif\0\0") ? start + 6 : start;
    return Exif.orientation(file, tiff, start + size(file, exif));
  }

  /** Where the first chunk of that name begins, or -1. */
  private static int find(FileBytes file, String name, int from) {
    int at = from;
    while (at + CHUNK_HEAD <= file.length()) {
      if (file.spells(at, name)) {
        return at;
      }
      int size = size(file, at);
      at += CHUNK_HEAD + size + (size & 1);
    }
    return -1;
  }

  /** The length of a chunk's data, which may not reach behind the file. */
  private static int size(FileBytes file, int chunk) {
    int size = file.i32le(chunk + 4);
    if (size < 0 || size > file.length() - chunk - CHUNK_HEAD) {
      throw new MediaException(
          "The WebP image is cut off: its part %s of %d bytes goes on behind the last byte, %d. Send the whole file."
              .formatted(file.text(chunk, 4), Integer.toUnsignedLong(size), file.length()));
    }
    return size;
  }
}
