package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * A container taken apart: its streams, and packets one after the other. Opened from memory, with
 * no protocol allowed. Owned by a reader, which closes it.
 */
final class Demuxer implements AutoCloseable {
  private static final int MOST_STREAMS = 64;
  private static final long MOST_BYTES_AT_ONCE = 1L << 29;
  private static final Set<String> EXACT_TIMES =
      Set.of("mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "wav", "flac", "aiff");

  private final MediaLimits limits;
  private final MemoryInput input;
  private final AVFormatContext context;
  private final AVPacket packet = avcodec.av_packet_alloc();

  private Demuxer(MediaLimits limits, MemoryInput input, AVFormatContext context) {
    this.limits = limits;
    this.input = input;
    this.context = context;
  }

  /** Reads the head of a file. */
  static Demuxer open(MemorySegment bytes, MediaLimits limits) {
    StillItems.refuse(bytes);
    avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    avutil.av_max_alloc(MOST_BYTES_AT_ONCE);
    MemoryInput input = new MemoryInput(bytes, System.nanoTime() + limits.time().toNanos());
    AVFormatContext context = avformat.avformat_alloc_context();
    input.attach(context);
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "format_whitelist", Formats.CONTAINERS, 0);
    avutil.av_dict_set(options, "protocol_whitelist", "none", 0);
    avutil.av_dict_set_int(options, "max_streams", MOST_STREAMS, 0);
    int result = avformat.avformat_open_input(context, (String) null, null, options);
    avutil.av_dict_free(options);
    if (result < 0) { // FFmpeg has freed the context
      MediaException failure = failure(result, bytes.byteSize(), input, limits);
      input.close();
      throw failure;
    }
    Demuxer demuxer = new Demuxer(limits, input, context);
    result = avformat.avformat_find_stream_info(context, (AVDictionary) null);
    if (result < 0 || input.isLate()) {
      MediaException failure = failure(result, bytes.byteSize(), input, limits);
      demuxer.close();
      throw failure;
    }
    return demuxer;
  }

  MediaLimits limits() {
    return limits;
  }

  AVFormatContext context() {
    return context;
  }

  AVStream stream(int index) {
    return context.streams(index);
  }

  /** How long the container says that it plays. */
  Optional<Duration> duration() {
    long micros = context.duration();
    return micros <= 0 ? Optional.empty() : Optional.of(Duration.ofNanos(1000 * micros));
  }

  /** Whether the container knows where each time is; others guess it from the bit rate. */
  boolean hasExactTimes() {
    return EXACT_TIMES.contains(context.iformat().name().getString());
  }

  /** Whether a picture is cut into tiles, each a stream of its own. */
  boolean isTiled() {
    for (int i = 0; i < context.nb_stream_groups(); i++) {
      if (context.stream_groups(i).type() == avformat.AV_STREAM_GROUP_PARAMS_TILE_GRID) {
        return true;
      }
    }
    return false;
  }

  /** The stream of a kind ({@code AVMEDIA_TYPE_…}) that a player would choose. */
  OptionalInt best(int kind) {
    int index = avformat.av_find_best_stream(context, kind, -1, -1, (AVCodec) null, 0);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** Packets of all other streams are passed over without being read. */
  void only(int index) {
    for (int i = 0; i < context.nb_streams(); i++) {
      context.streams(i).discard(i == index ? avcodec.AVDISCARD_DEFAULT : avcodec.AVDISCARD_ALL);
    }
  }

  /** The next packet of a stream, valid until the next call; empty at the end of the file. */
  Optional<AVPacket> next(int index) {
    while (true) {
      avcodec.av_packet_unref(packet);
      int result = avformat.av_read_frame(context, packet);
      checkTime();
      if (result < 0) {
        return Optional.empty();
      }
      if (packet.stream_index() == index) {
        return Optional.of(packet);
      }
    }
  }

  /** Goes to the last key frame at or before a time of that stream. */
  boolean seek(int index, long time) {
    int result = avformat.av_seek_frame(context, index, time, avformat.AVSEEK_FLAG_BACKWARD);
    checkTime();
    return result >= 0;
  }

  void checkTime() {
    if (input.isLate()) {
      throw tooSlow(limits);
    }
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    avformat.avformat_close_input(context);
    input.close();
  }

  private static MediaException failure(
      int result, long bytes, MemoryInput input, MediaLimits limits) {
    if (input.isLate()) {
      return tooSlow(limits);
    }
    return new MediaException(
        "a file of "
            + bytes
            + " bytes cannot be opened as sound or video: "
            + message(result)
            + ". It is damaged, cut off, or none of "
            + Formats.KNOWN);
  }

  private static MediaException tooSlow(MediaLimits limits) {
    return new MediaException(
        "reading the file took longer than "
            + limits.time().toMillis()
            + " ms. Send a shorter or smaller one");
  }

  private static String message(int error) {
    byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
    avutil.av_strerror(error, text, text.length);
    int end = 0;
    while (end < text.length && text[end] != 0) {
      end++;
    }
    return new String(text, 0, end, StandardCharsets.UTF_8);
  }
}
