package ai.pollux.content.ffmpeg;

import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVFrameSideData;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.IntPointer;

/**
 * How a stored picture is turned before it is shown: pixel (x, y), y downwards, goes to {@code (a·x
 * + c·y, b·x + d·y)}, then the whole is moved to where it begins at (0, 0). Only quarter turns and
 * mirrors occur; of other matrices the nearest of these is taken.
 */
record Upright(int a, int b, int c, int d) {
  private static final Upright AS_STORED = new Upright(1, 0, 0, 1);

  /** What the file says of a frame. */
  static Upright of(AVFrame frame) {
    AVFrameSideData side = avutil.av_frame_get_side_data(frame, avutil.AV_FRAME_DATA_DISPLAYMATRIX);
    if (side == null || side.isNull() || side.size() < 9 * Integer.BYTES) {
      return AS_STORED;
    }
    IntPointer m = new IntPointer(side.data()); // rows of 3: a b u, c d v, x y w
    boolean isTurned = Math.abs((long) m.get(1)) > Math.abs((long) m.get(0));
    return isTurned
        ? new Upright(0, sign(m.get(1)), sign(m.get(3)), 0)
        : new Upright(sign(m.get(0)), 0, 0, sign(m.get(4)));
  }

  /** A picture turned: {@code rgb} has {@code width} columns and {@code height} rows. */
  RgbFrame apply(int width, int height, byte[] rgb, long nanos) {
    if (equals(AS_STORED)) {
      return new RgbFrame(width, height, rgb, nanos);
    }
    int newWidth = a == 0 ? height : width;
    int newHeight = a == 0 ? width : height;
    int left = a + c < 0 ? newWidth - 1 : 0;
    int top = b + d < 0 ? newHeight - 1 : 0;
    byte[] turned = new byte[rgb.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int to = 3 * ((top + b * x + d * y) * newWidth + left + a * x + c * y);
        System.arraycopy(rgb, 3 * (y * width + x), turned, to, 3);
      }
    }
    return new RgbFrame(newWidth, newHeight, turned, nanos);
  }

  private static int sign(int value) {
    return value < 0 ? -1 : 1;
  }
}
