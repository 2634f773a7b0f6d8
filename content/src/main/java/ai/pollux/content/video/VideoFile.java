package ai.pollux.content.video;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.ffmpeg.FrameTimes;
import ai.pollux.content.ffmpeg.RgbFrame;
import ai.pollux.content.ffmpeg.VideoReader;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The frames of a video that a model sees, one at a time in the order they are shown. Which they
 * are is known from the file's packets, before anything is decoded; then only what is needed for
 * them is decoded, from the nearest frame that needs no other. One frame is in memory at a time.
 * The video's sound is {@link ai.pollux.content.audio.SoundFile#openIfAny} of the same bytes.
 *
 * <p>Owned by the one who opened it; used by one thread at a time.
 */
public final class VideoFile implements Iterator<VideoFrame>, AutoCloseable {
  private final VideoReader reader;
  private final FrameTimes times;
  private final long[] shown; // of the frames in the range
  private final Duration duration;
  private final int[] places;
  private int next;

  private VideoFile(
      VideoReader reader, Duration from, Duration to, FrameSampling sampling, MediaLimits limits) {
    this.reader = reader;
    Duration claimed = reader.duration().orElse(Duration.ZERO);
    check(claimed.compareTo(to) < 0 ? claimed.minus(from) : to.minus(from), limits);
    times = reader.times();
    long[] all = times.nanos();
    if (all.length == 0) {
      throw new MediaException("the video has no frames: the file is damaged or cut off");
    }
    duration = Duration.ofNanos(end(all));
    shown = Arrays.stream(all).filter(t -> t >= from.toNanos() && t < nanos(to)).toArray();
    if (shown.length == 0) {
      throw new MediaException(
          "the video has no frame from "
              + seconds(from)
              + " to "
              + seconds(to)
              + ": it ends at "
              + seconds(duration));
    }
    long end = Math.min(end(all), nanos(to));
    check(Duration.ofNanos(end - shown[0]), limits);
    places = sampling.sample(shown, end);
  }

  /** A whole video. */
  public static VideoFile open(byte[] bytes, FrameSampling sampling, MediaLimits limits) {
    MemorySegment file = MemorySegment.ofArray(bytes);
    return open(file, Duration.ZERO, Duration.ofDays(365), sampling, limits);
  }

  /**
   * What is shown from a time, and before another.
   *
   * @param bytes of the file; stay where they are until this is closed
   */
  public static VideoFile open(
      MemorySegment bytes, Duration from, Duration to, FrameSampling sampling, MediaLimits limits) {
    VideoReader reader = VideoReader.open(bytes, limits);
    try {
      return new VideoFile(reader, from, to, sampling, limits);
    } catch (MediaException e) {
      reader.close();
      throw e;
    }
  }

  /** How many frames the model sees. */
  public int frames() {
    return places.length;
  }

  /** Which frames of the range the model sees, counted from 0. */
  public int[] places() {
    return places.clone();
  }

  /** How long the whole video plays, its last frame shown as long as the others. */
  public Duration duration() {
    return duration;
  }

  @Override
  public boolean hasNext() {
    return next < places.length;
  }

  /**
   * The next frame. Where it cannot be decoded, the first after it that can be.
   *
   * @throws MediaException where none can be
   */
  @Override
  public VideoFrame next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    long time = shown[places[next]];
    next++;
    RgbFrame frame =
        reader
            .at(time, times)
            .orElseThrow(() ->
                new MediaException(
                    "the video cannot be decoded at "
                        + seconds(Duration.ofNanos(time))
                        + ": the file is damaged or cut off"));
    return new VideoFrame(frame.width(), frame.height(), frame.rgb(), frame.nanos());
  }

  @Override
  public void close() {
    reader.close();
  }

  /** The end of the last frame. */
  private static long end(long[] nanos) {
    long last = nanos[nanos.length - 1];
    return nanos.length == 1 ? last + 1 : last + (last - nanos[0]) / (nanos.length - 1);
  }

  private static void check(Duration duration, MediaLimits limits) {
    if (duration.compareTo(limits.duration()) > 0) {
      throw new MediaException(
          "the video is longer than "
              + seconds(limits.duration())
              + ", which is the limit: "
              + seconds(duration)
              + ". Send a part of it");
    }
  }

  private static long nanos(Duration time) {
    return time.compareTo(Duration.ofDays(36_500)) > 0 ? Long.MAX_VALUE : time.toNanos();
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }
}
