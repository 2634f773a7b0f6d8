package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Decoded frames to RGB bytes of the same size, by swscale with the flags that the reference's
 * reader (PyAV) uses, so that the bytes are equal. A frame says itself which matrix and range its
 * colours have; one that does not has those of BT.601, limited.
 */
final class RgbConverter implements AutoCloseable {
  private static final int UNIT = 1 << 16;

  private SwsContext context = new SwsContext(null);
  private final AVFrame target = avutil.av_frame_alloc();

  /** The pixels of a frame as they are stored, row by row. */
  byte[] convert(AVFrame frame) {
    int width = frame.width();
    int height = frame.height();
    context =
        swscale.sws_getCachedContext(
            context,
            width,
            height,
            frame.format(),
            width,
            height,
            avutil.AV_PIX_FMT_RGB24,
            swscale.SWS_BILINEAR,
            null,
            null,
            (DoublePointer) null);
    if (context == null || context.isNull()) {
      throw new MediaException("frames of this pixel format are not read. Convert to yuv420p");
    }
    int range = frame.color_range() == avutil.AVCOL_RANGE_JPEG ? 1 : 0;
    swscale.sws_setColorspaceDetails(
        context,
        swscale.sws_getCoefficients(frame.colorspace()),
        range,
        swscale.sws_getCoefficients(swscale.SWS_CS_DEFAULT),
        1,
        0,
        UNIT,
        UNIT);
    if (target.width() != width || target.height() != height) {
      avutil.av_frame_unref(target);
      target.format(avutil.AV_PIX_FMT_RGB24);
      target.width(width);
      target.height(height);
      if (avutil.av_frame_get_buffer(target, 0) < 0) {
        throw new MediaException("no memory for a frame of " + width + " x " + height);
      }
    }
    swscale.sws_scale(
        context, frame.data(), frame.linesize(), 0, height, target.data(), target.linesize());
    byte[] rgb = new byte[Math.toIntExact(3L * width * height)];
    BytePointer rows = target.data(0);
    for (int y = 0; y < height; y++) {
      rows.position((long) y * target.linesize(0)).get(rgb, 3 * width * y, 3 * width);
    }
    return rgb;
  }

  @Override
  public void close() {
    avutil.av_frame_free(target);
    swscale.sws_freeContext(context);
  }
}
