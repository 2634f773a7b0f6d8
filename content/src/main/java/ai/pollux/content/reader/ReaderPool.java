package ai.pollux.content.reader;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import ai.pollux.content.image.RgbImage;
import ai.pollux.content.video.FrameSampling;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads files of other people, each in a process that is started when the first one comes and kept
 * for the next. A process that dies, or is ended because a file takes too long, takes only that
 * file with it. There are as many processes as files are open at a time: who uses the pool bounds
 * that. May be used by many threads; closing it ends all processes.
 */
public final class ReaderPool implements AutoCloseable {
  private static final int MOST_IDLE = 2;

  private final ReaderSettings settings;
  private final Deque<ReaderProcess> idle = new ArrayDeque<>();
  private final Set<ReaderProcess> busy = new HashSet<>();
  private boolean isClosed;

  /** A pool that starts nothing yet. */
  public ReaderPool() {
    this(ReaderSettings.standard());
  }

  ReaderPool(ReaderSettings settings) {
    this.settings = settings;
  }

  /**
   * A picture, as {@link ai.pollux.content.image.ImageReader} reads it.
   *
   * @throws MediaException where it cannot be read, or costs more than the limits allow
   */
  public RgbImage picture(byte[] file, MediaLimits limits) {
    try (OpenFile open = open(new Job.Picture(), file, limits)) {
      return open.begin(
          file,
          in -> {
            int fullWidth = in.readInt();
            int fullHeight = in.readInt();
            int width = in.readInt();
            int height = in.readInt();
            byte[] rgb = Reply.rgb(in, width, height, limits.pixels());
            return new RgbImage(width, height, rgb, fullWidth, fullHeight);
          });
    }
  }

  /**
   * The sound of a file between two times, as {@link ai.pollux.content.audio.SoundFile} reads it;
   * empty where the file has none.
   *
   * @throws MediaException where it cannot be read, or costs more than the limits allow
   */
  public Optional<SoundStream> sound(byte[] file, Duration from, Duration to, MediaLimits limits) {
    OpenFile open = open(new Job.Sound(from, to), file, limits);
    boolean isThere = begin(open, file, in -> in.readBoolean());
    if (!isThere) {
      open.close();
      return Optional.empty();
    }
    return Optional.of(new SoundStream(open));
  }

  /**
   * Frames of a video between two times, as {@link ai.pollux.content.video.VideoFile} reads them.
   *
   * @throws MediaException where it cannot be read, or costs more than the limits allow
   */
  public VideoStream video(
      byte[] file, Duration from, Duration to, FrameSampling sampling, MediaLimits limits) {
    OpenFile open = open(new Job.Video(from, to, sampling), file, limits);
    return begin(
        open, file, in -> new VideoStream(open, in.readInt(), Duration.ofNanos(in.readLong())));
  }

  /**
   * The pages of a PDF.
   *
   * @param pixels about how many the picture of a page has; 0 for text alone
   * @throws MediaException where it cannot be read, or costs more than the limits allow
   */
  public PdfStream pdf(byte[] file, int pixels, MediaLimits limits) {
    OpenFile open = open(new Job.Pdf(pixels), file, limits);
    return begin(open, file, in -> new PdfStream(open, in.readInt()));
  }

  private static <T> T begin(OpenFile open, byte[] file, OpenFile.Answer<T> answer) {
    try {
      return open.begin(file, answer);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  ReaderSettings settings() {
    return settings;
  }

  private OpenFile open(Job job, byte[] file, MediaLimits limits) {
    try {
      Optional<ReaderProcess> waiting = takeIdle();
      ReaderProcess process =
          waiting.isPresent() ? waiting.get() : began(ReaderProcess.start(settings));
      return new OpenFile(this, process, job, file, limits);
    } catch (IOException e) {
      throw new MediaException("no process that reads files can be started: " + e.getMessage(), e);
    }
  }

  private synchronized Optional<ReaderProcess> takeIdle() throws IOException {
    checkOpen();
    while (!idle.isEmpty()) {
      ReaderProcess process = idle.pollFirst();
      if (process.isAlive()) {
        return Optional.of(began(process));
      }
    }
    return Optional.empty();
  }

  /** Counts a process among those that read. */
  private synchronized ReaderProcess began(ReaderProcess process) throws IOException {
    process.nextFile();
    busy.add(process);
    if (isClosed) {
      end(process);
    }
    checkOpen();
    return process;
  }

  private synchronized void checkOpen() throws IOException {
    if (isClosed) {
      throw new IOException("Pollux is being closed");
    }
  }

  /** Keeps a process for the next file, unless it has read many or enough wait already. */
  synchronized void giveBack(ReaderProcess process) {
    busy.remove(process);
    if (isClosed || process.files() >= settings.files() || idle.size() >= MOST_IDLE) {
      process.close();
    } else {
      idle.addFirst(process);
      int files = process.files();
      CompletableFuture.delayedExecutor(settings.idle().toMillis(), TimeUnit.MILLISECONDS)
          .execute(() -> endIdle(process, files));
    }
  }

  /** Ends a process that still waits and has been given no file since. */
  private synchronized void endIdle(ReaderProcess process, int files) {
    if (process.files() == files && idle.remove(process)) {
      process.close();
    }
  }

  /** Ends a process that a file made useless. */
  synchronized void end(ReaderProcess process) {
    busy.remove(process);
    process.close();
  }

  @Override
  public synchronized void close() {
    isClosed = true;
    idle.forEach(ReaderProcess::close);
    idle.clear();
    busy.forEach(ReaderProcess::close);
  }
}
