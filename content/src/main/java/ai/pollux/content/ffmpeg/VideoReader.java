package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Frames of a video (or of an AVIF picture, which is a video of one frame), one at a time. Owned by
 * the one who opened it; used by one thread at a time.
 */
public final class VideoReader implements AutoCloseable {
  private final Demuxer demuxer;
  private final StreamClock clock;
  private final Decoder decoder;
  private final RgbConverter converter = new RgbConverter();

  private VideoReader(Demuxer demuxer, int index, Decoder decoder) {
    this.demuxer = demuxer;
    clock = StreamClock.of(demuxer.stream(index));
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
    return new RgbFrame(
        frame.width(),
        frame.height(),
        converter.convert(frame),
        clock.nanos(frame.best_effort_timestamp()));
  }

  @Override
  public void close() {
    converter.close();
    decoder.close();
    demuxer.close();
  }
}
