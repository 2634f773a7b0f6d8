package ai.pollux.train.data.world.export;

import ai.pollux.content.image.RgbImage;
import ai.pollux.train.data.Medium;
import java.util.function.IntSupplier;
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
import org.bytedeco.javacpp.BytePointer;

/** Matroska with lossless VP9 of red, green and blue planes. Owns native memory while it writes. */
final class FilmFile implements AutoCloseable {
  private static final int TICKS = 1000; // of the clock, a second

  private final AVFormatContext format = new AVFormatContext(null);
  private final AVIOContext output = new AVIOContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final AVFrame frame = avutil.av_frame_alloc();
  private final AVCodecContext encoder;
  private final AVStream stream;

  private FilmFile(int width, int height) {
    AVCodec codec = avcodec.avcodec_find_encoder_by_name("libvpx-vp9");
    if (codec == null || codec.isNull()) {
      throw new IllegalStateException(
          "this build of FFmpeg has no encoder libvpx-vp9: use the one that the pom names");
    }
    check(
        "container", () -> avformat.avformat_alloc_output_context2(format, null, "matroska", null));
    encoder = avcodec.avcodec_alloc_context3(codec);
    encoder.width(width).height(height).pix_fmt(avutil.AV_PIX_FMT_GBRP);
    encoder.time_base(new AVRational().num(1).den(TICKS)).gop_size(1).thread_count(1);
    encoder.flags(encoder.flags() | avcodec.AV_CODEC_FLAG_BITEXACT);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "lossless", "1", 0);
    avutil.av_dict_set(options, "lag-in-frames", "0", 0);
    avutil.av_dict_set(options, "cpu-used", "5", 0);
    avutil.av_dict_set(options, "deadline", "realtime", 0);
    check("encoder", () -> avcodec.avcodec_open2(encoder, codec, options));
    avutil.av_dict_free(options);
    stream = avformat.avformat_new_stream(format, null);
    stream.time_base(encoder.time_base());
    check("stream", () -> avcodec.avcodec_parameters_from_context(stream.codecpar(), encoder));
    frame.format(avutil.AV_PIX_FMT_GBRP).width(width).height(height);
    check("frame", () -> avutil.av_frame_get_buffer(frame, 0));
  }

  /** The file. */
  static byte[] bytes(Medium.Film film) {
    RgbImage first = film.frames().getFirst();
    try (FilmFile file = new FilmFile(first.width(), first.height())) {
      return file.write(film);
    }
  }

  private byte[] write(Medium.Film film) {
    check("buffer", () -> avformat.avio_open_dyn_buf(output));
    format.pb(output).flags(format.flags() | AVFormatContext.AVFMT_FLAG_BITEXACT);
    check("header", () -> avformat.avformat_write_header(format, (AVDictionary) null));
    long each = Math.round(TICKS / film.framesPerSecond());
    for (int i = 0; i < film.frames().size(); i++) {
      check("frame", () -> avutil.av_frame_make_writable(frame));
      fill(film.frames().get(i));
      frame.pts(i * each).duration(each);
      check("frame", () -> avcodec.avcodec_send_frame(encoder, frame));
      drain(each);
    }
    check("end", () -> avcodec.avcodec_send_frame(encoder, null));
    drain(each);
    check("trailer", () -> avformat.av_write_trailer(format));
    try (BytePointer buffer = new BytePointer((BytePointer) null)) {
      byte[] bytes = new byte[avformat.avio_close_dyn_buf(output, buffer)];
      buffer.get(bytes);
      avutil.av_free(buffer);
      format.pb(null);
      return bytes;
    }
  }

  /** Green, blue, red: each in a plane of its own. */
  private void fill(RgbImage image) {
    int[] colors = {1, 2, 0};
    byte[] row = new byte[image.width()];
    for (int plane = 0; plane < 3; plane++) {
      BytePointer to = frame.data(plane);
      for (int y = 0; y < image.height(); y++) {
        for (int x = 0; x < row.length; x++) {
          row[x] = image.rgb()[3 * (y * row.length + x) + colors[plane]];
        }
        to.position((long) y * frame.linesize(plane)).put(row);
      }
    }
  }

  private void drain(long each) {
    while (avcodec.avcodec_receive_packet(encoder, packet) == 0) {
      packet.duration(each).stream_index(0);
      avcodec.av_packet_rescale_ts(packet, encoder.time_base(), stream.time_base());
      check("packet", () -> avformat.av_interleaved_write_frame(format, packet));
    }
  }

  private static void check(String what, IntSupplier call) {
    int result = call.getAsInt();
    if (result < 0) {
      throw new IllegalStateException(
          "a film cannot be written: FFmpeg refuses the %s with error %d".formatted(what, result));
    }
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.av_packet_free(packet);
    avcodec.avcodec_free_context(encoder);
    avformat.avformat_free_context(format);
  }
}
