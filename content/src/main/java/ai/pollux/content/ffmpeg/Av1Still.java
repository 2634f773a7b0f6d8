package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** One picture coded as AV1, as AVIF files have it, without a container around it. */
public final class Av1Still {
  private Av1Still() {}

  /**
   * The picture as it is stored.
   *
   * @param units the open bitstream units of one frame
   * @throws MediaException where they are damaged, or the picture has more pixels than the limits
   *     allow
   */
  public static RgbFrame decode(byte[] units, MediaLimits limits) {
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    AVCodec codec = Formats.decoder(avcodec.AV_CODEC_ID_AV1);
    AVCodecContext context = avcodec.avcodec_alloc_context3(codec);
    AVPacket packet = avcodec.av_packet_alloc();
    AVFrame frame = avutil.av_frame_alloc();
    try (RgbConverter converter = new RgbConverter()) {
      context.thread_count(1);
      context.max_pixels(limits.pixels());
      if (avcodec.avcodec_open2(context, codec, (AVDictionary) null) < 0
          || avcodec.av_new_packet(packet, units.length) < 0) {
        throw new MediaException("no memory to decode an AV1 picture. Send a smaller one.");
      }
      packet.data().put(units, 0, units.length);
      avcodec.avcodec_send_packet(context, packet);
      avcodec.avcodec_send_packet(context, null);
      if (avcodec.avcodec_receive_frame(context, frame) < 0) {
        throw new MediaException(
            "The AV1 picture is damaged, cut off, or of more than %d pixels. Send the whole file, or a smaller one."
                .formatted(limits.pixels()));
      }
      return new RgbFrame(frame.width(), frame.height(), converter.convert(frame), 0);
    } finally {
      avutil.av_frame_free(frame);
      avcodec.av_packet_free(packet);
      avcodec.avcodec_free_context(context);
    }
  }
}
