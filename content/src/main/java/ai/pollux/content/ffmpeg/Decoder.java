package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Frames of one stream. A packet that cannot be decoded is passed over, as players do. Owned by a
 * reader, which closes it before its {@link Demuxer}.
 */
final class Decoder implements AutoCloseable {
  private final Demuxer demuxer;
  private final int index;
  private final AVCodecContext context;
  private final AVFrame frame = avutil.av_frame_alloc();
  private boolean isDrained;

  Decoder(Demuxer demuxer, int index) {
    this.demuxer = demuxer;
    this.index = index;
    AVStream stream = demuxer.stream(index);
    AVCodec codec = Formats.decoder(stream.codecpar().codec_id());
    context = avcodec.avcodec_alloc_context3(codec);
    avcodec.avcodec_parameters_to_context(context, stream.codecpar());
    context.pkt_timebase(stream.time_base());
    context.thread_count(1);
    context.max_pixels(demuxer.limits().pixels());
    int result = avcodec.avcodec_open2(context, codec, (AVDictionary) null);
    if (result < 0) {
      String name = codec.name().getString();
      close();
      throw new MediaException("the " + name + " stream is damaged: its head cannot be read");
    }
    demuxer.only(index);
  }

  /** The next frame, valid until the next call; empty at the end. */
  Optional<AVFrame> next() {
    while (true) {
      int result = avcodec.avcodec_receive_frame(context, frame);
      if (result == 0) {
        return Optional.of(frame);
      }
      if (isDrained) {
        return Optional.empty();
      }
      Optional<AVPacket> packet = demuxer.next(index);
      isDrained = packet.isEmpty();
      avcodec.avcodec_send_packet(context, packet.orElse(null));
    }
  }

  /** Goes to the last key frame at or before a time in the stream's units. */
  boolean seek(long time) {
    boolean isDone = demuxer.seek(index, time);
    avcodec.avcodec_flush_buffers(context);
    isDrained = false;
    return isDone;
  }

  @Override
  public void close() {
    avutil.av_frame_free(frame);
    avcodec.avcodec_free_context(context);
  }
}
