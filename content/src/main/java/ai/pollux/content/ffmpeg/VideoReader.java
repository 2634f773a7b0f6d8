package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Frames of a video (or of an AVIF picture, which is a video of one frame), one at a time. Owned by
 * the one who opened it; used by one thread at a time.
 */
public final class VideoReader implements AutoCloseable {
  private final Demuxer demuxer;
  private final int index;
  private final Decoder decoder;
  private final RgbConverter converter = new RgbConverter();

  private VideoReader(Demuxer demuxer, int index, Decoder decoder) {
    this.demuxer = demuxer;
    this.index = index;
    this.decoder = decoder;
  }

  /** Reads the head of a file. */
  public static VideoReader open(byte[] bytes, MediaLimits limits) {
    Demuxer demuxer = Demuxer.open(bytes, limits);
    try {
      int index =
          demuxer
              .best(avutil.AVMEDIA_TYPE_VIDEO)
              .orElseThrow(() -> new MediaException("the file has no moving pictures"));
      return new VideoReader(demuxer, index, new Decoder(demuxer, index));
    } catch (MediaException e) {
      demuxer.close();
      throw e;
    }
  }

  /** The first frame of a file: what an AVIF picture shows. */
  public static RgbFrame firstFrame(byte[] bytes, MediaLimits limits) {
    try (VideoReader reader = open(bytes, limits)) {
      return reader
          .next()
          .orElseThrow(() -> new MediaException("no frame of the file can be decoded"));
    }
  }

  /** The next frame; empty at the end. */
  public Optional<RgbFrame> next() {
    return decoder.next().map(this::picture);
  }

  private RgbFrame picture(AVFrame frame) {
    return new RgbFrame(frame.width(), frame.height(), converter.convert(frame), nanos(frame));
  }

  private long nanos(AVFrame frame) {
    AVRational unit = demuxer.stream(index).time_base();
    long start = demuxer.stream(index).start_time();
    long time = frame.best_effort_timestamp();
    if (time == avutil.AV_NOPTS_VALUE) {
      return 0;
    }
    long from = start == avutil.AV_NOPTS_VALUE ? 0 : start;
    return Math.round((time - from) * 1e9 * unit.num() / unit.den());
  }

  @Override
  public void close() {
    converter.close();
    decoder.close();
    demuxer.close();
  }
}
