package ai.pollux.content.reader;

import ai.pollux.content.video.VideoFrame;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Frames of a video, read in another process; one is in memory at a time. Owned by the one who
 * opened it; used by one thread at a time.
 */
public final class VideoStream implements Iterator<VideoFrame>, AutoCloseable {
  private final OpenFile file;
  private final int frames;
  private final Duration duration;
  private int next;

  VideoStream(OpenFile file, int frames, Duration duration) {
    this.file = file;
    this.frames = frames;
    this.duration = duration;
  }

  /** How many frames there are in all. */
  public int frames() {
    return frames;
  }

  /** How long the whole video plays. */
  public Duration duration() {
    return duration;
  }

  @Override
  public boolean hasNext() {
    return next < frames;
  }

  @Override
  public VideoFrame next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    next++;
    return file.next(
        0,
        in -> {
          long nanos = in.readLong();
          int width = in.readInt();
          int height = in.readInt();
          byte[] rgb = Reply.rgb(in, width, height, file.limits().pixels());
          return new VideoFrame(width, height, rgb, nanos);
        });
  }

  @Override
  public void close() {
    file.close();
  }
}
