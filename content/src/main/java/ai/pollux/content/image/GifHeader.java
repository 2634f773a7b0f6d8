package ai.pollux.content.image;

import ai.pollux.content.MediaException;

/**
 * Where the first frame of a GIF file stands on its screen (CompuServe GIF89a).
 *
 * @param width of the screen, at least as large as the frame needs
 */
record GifHeader(int width, int height, int left, int top, int frameWidth, int frameHeight) {
  private static final int SCREEN_END = 13;

  static GifHeader read(FileBytes file) {
    int flags = file.u8(10);
    int at = SCREEN_END + ((flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1));
    while (file.u8(at) != ',') {
      if (file.u8(at) != '!') {
        throw new MediaException(
            "The GIF image has no frame: expected one at byte %d. Save it again.".formatted(at));
      }
      at += 2;
      while (file.u8(at) != 0) {
        at += 1 + file.u8(at);
      }
      at++;
    }
    int left = file.u16le(at + 1);
    int top = file.u16le(at + 3);
    int frameWidth = file.u16le(at + 5);
    int frameHeight = file.u16le(at + 7);
    return new GifHeader(
        Math.max(file.u16le(6), left + frameWidth),
        Math.max(file.u16le(8), top + frameHeight),
        left,
        top,
        frameWidth,
        frameHeight);
  }
}
