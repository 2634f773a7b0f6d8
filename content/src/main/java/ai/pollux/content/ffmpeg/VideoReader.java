package ai.pollux.content.ffmpeg;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/**
 * Frames of a video, one at a time and upright. Owned by the one who opened it; used by one thread
 * at a time.
 */
public final class VideoReader implements AutoCloseable {
  /** Two and a half days of 20 frames a second: their times take 32 MB. */
  private static final int MOST_FRAMES = 1 << 22;

  private static final long SECOND = 1_000_000_000;

  private final Demuxer demuxer;
  private final int index;
  private final StreamClock clock;
  private final Decoder decoder;
  private final RgbConverter converter = new RgbConverter();
  private long position = Long.MIN_VALUE; // time of the frame decoded last

  private VideoReader(Demuxer demuxer, int index) {
    this.demuxer = demuxer;
    this.index = index;
    clock = StreamClock.of(demuxer.stream(index));
    decoder = new Decoder(demuxer, index);
  }

  /**
   * Reads the head of a file.
   *
   * @param bytes stay where they are until this is closed
   */
  public static VideoReader open(MemorySegment bytes, MediaLimits limits) {
    Demuxer demuxer = Demuxer.open(bytes, limits);
    try {
      if (demuxer.isTiled()) {
        throw new MediaException(
            "the picture is stored as a grid of tiles, which is not read. Convert it to JPEG");
      }
      int index =
          demuxer
              .best(avutil.AVMEDIA_TYPE_VIDEO)
              .orElseThrow(() -> new MediaException("the file has no moving pictures"));
      return new VideoReader(demuxer, index);
    } catch (MediaException e) {
      demuxer.close();
      throw e;
    }
  }

  /** How long the file says that it plays. */
  public Optional<Duration> duration() {
    return demuxer.duration();
  }

  /** The next frame; empty at the end. */
  public Optional<RgbFrame> next() {
    return decoder.next().map(this::picture);
  }

  /** Reads all packets; afterwards the reader is at the beginning again. */
  public FrameTimes times() {
    long[] all = new long[1024];
    long[] keys = new long[64];
    int count = 0;
    int keyCount = 0;
    for (var next = demuxer.next(index); next.isPresent(); next = demuxer.next(index)) {
      AVPacket packet = next.get();
      if ((packet.flags() & avcodec.AV_PKT_FLAG_DISCARD) != 0) { // cut away by an edit list
        continue;
      }
      long time = clock.nanos(packet.pts() == avutil.AV_NOPTS_VALUE ? packet.dts() : packet.pts());
      all = count < all.length ? all : Arrays.copyOf(all, 2 * count);
      all[count++] = time;
      if ((packet.flags() & avcodec.AV_PKT_FLAG_KEY) != 0) {
        keys = keyCount < keys.length ? keys : Arrays.copyOf(keys, 2 * keyCount);
        keys[keyCount++] = time;
      }
      if (count > MOST_FRAMES) {
        throw new MediaException(
            "the video has more than " + MOST_FRAMES + " frames. Send a part of it");
      }
    }
    rewind();
    return new FrameTimes(ascending(all, count), ascending(keys, keyCount));
  }

  /**
   * The frame shown at a time, which must be one of {@code times} and not before the one asked for
   * last. Goes to it by the nearest frame that needs no other, if that is ahead.
   */
  public Optional<RgbFrame> at(long nanos, FrameTimes times) {
    long key = times.keyBefore(nanos);
    boolean isSought = key > position && decoder.seek(clock.time(key));
    Optional<AVFrame> frame = decode();
    if (isSought && frame.isPresent() && position > nanos) {
      // Containers go by the order of decoding: with few frames from key to key, one too far.
      decoder.seek(clock.time(times.keyBefore(key - SECOND)));
      frame = decode();
    }
    while (frame.isPresent() && position < nanos) {
      frame = decode();
    }
    return frame.map(this::picture);
  }

  private Optional<AVFrame> decode() {
    Optional<AVFrame> frame = decoder.next();
    frame.ifPresent(f -> position = clock.nanos(f.best_effort_timestamp()));
    return frame;
  }

  private void rewind() {
    decoder.seek(clock.start());
    position = Long.MIN_VALUE;
  }

  private static long[] ascending(long[] times, int count) {
    long[] sorted = Arrays.copyOf(times, count);
    Arrays.sort(sorted);
    return sorted;
  }

  private RgbFrame picture(AVFrame frame) {
    byte[] rgb = converter.convert(frame);
    long nanos = clock.nanos(frame.best_effort_timestamp());
    return Upright.of(frame).apply(frame.width(), frame.height(), rgb, nanos);
  }

  @Override
  public void close() {
    converter.close();
    decoder.close();
    demuxer.close();
  }
}
