package ai.pollux.content.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Videos that FFmpeg makes for a test: frames of 16x16 gray pixels, the brightness of each telling
 * its place.
 */
public final class TestVideo {
  private static final int SIDE = 16;

  private TestVideo() {}

  /** The brightness of frame {@code place}: 16, 56, 96, 136, 176, 216 and again. */
  public static int brightness(int place) {
    return 16 + 40 * (place % 6);
  }

  /**
   * A file of MPEG-4 frames.
   *
   * @param file its name decides the container
   * @param millis when each frame is shown, ascending; two or more
   * @param keyEvery frames from one that needs no other to the next
   */
  public static byte[] write(Path file, long[] millis, int keyEvery) throws IOException {
    AVFormatContext format = new AVFormatContext(null);
    avformat.avformat_alloc_output_context2(format, null, (String) null, file.toString());
    AVCodec codec = avcodec.avcodec_find_encoder(avcodec.AV_CODEC_ID_MPEG4);
    AVCodecContext encoder = avcodec.avcodec_alloc_context3(codec);
    AVRational unit = avutil.av_make_q(1, 1000);
    encoder.width(SIDE).height(SIDE).pix_fmt(avutil.AV_PIX_FMT_YUV420P).time_base(unit);
    encoder.gop_size(keyEvery).max_b_frames(0).thread_count(1).bit_rate(100_000);
    encoder.flags(
        encoder.flags()
            | avcodec.AV_CODEC_FLAG_GLOBAL_HEADER
            | avcodec.AV_CODEC_FLAG_FRAME_DURATION);
    check(avcodec.avcodec_open2(encoder, codec, (AVDictionary) null));
    AVStream stream = avformat.avformat_new_stream(format, null);
    stream.time_base(unit);
    avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder);
    AVIOContext io = new AVIOContext(null);
    check(avformat.avio_open(io, file.toString(), avformat.AVIO_FLAG_WRITE));
    format.pb(io);
    check(avformat.avformat_write_header(format, (AVDictionary) null));
    AVFrame frame = avutil.av_frame_alloc();
    frame.width(SIDE).height(SIDE).format(avutil.AV_PIX_FMT_YUV420P);
    check(avutil.av_frame_get_buffer(frame, 0));
    AVPacket packet = avcodec.av_packet_alloc();
    for (int i = 0; i <= millis.length; i++) {
      if (i < millis.length) {
        avutil.av_frame_make_writable(frame);
        paint(frame, brightness(i));
        frame.pts(millis[i]);
        frame.duration(millis[Math.max(1, i)] - millis[Math.max(1, i) - 1]);
      }
      check(avcodec.avcodec_send_frame(encoder, i < millis.length ? frame : null));
      while (avcodec.avcodec_receive_packet(encoder, packet) == 0) {
        avcodec.av_packet_rescale_ts(packet, unit, stream.time_base());
        check(avformat.av_write_frame(format, packet));
        avcodec.av_packet_unref(packet);
      }
    }
    check(avformat.av_write_trailer(format));
    avcodec.av_packet_free(packet);
    avutil.av_frame_free(frame);
    avcodec.avcodec_free_context(encoder);
    avformat.avio_close(io);
    avformat.avformat_free_context(format);
    return Files.readAllBytes(file);
  }

  private static void paint(AVFrame frame, int brightness) {
    for (int plane = 0; plane < 3; plane++) {
      int rows = plane == 0 ? SIDE : SIDE / 2;
      byte[] row = new byte[rows];
      Arrays.fill(row, (byte) (plane == 0 ? brightness : 128));
      for (int y = 0; y < rows; y++) {
        frame.data(plane).position((long) y * frame.linesize(plane)).put(row, 0, rows);
      }
    }
  }

  private static void check(int result) {
    if (result < 0) {
      throw new AssertionError("FFmpeg says " + result);
    }
  }
}
