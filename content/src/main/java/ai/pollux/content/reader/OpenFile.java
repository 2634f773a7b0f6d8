package ai.pollux.content.reader;

import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.io.DataInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A file that a process reads for us, and that process, which nobody else uses meanwhile. When time
 * is over the process is ended. Closing gives it back to the pool, if it is well.
 */
final class OpenFile implements AutoCloseable {
  /** For the process to notice itself that time is over, and live on. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final int LONGEST_MESSAGE = 1 << 20;

  private final ReaderPool pool;
  private final ReaderProcess process;
  private final Job job;
  private final int bytes;
  private final MediaLimits limits;
  private final long deadline;
  private final CompletableFuture<Void> alarm;
  private boolean isWell = true;

  /** What a reply says. */
  @FunctionalInterface
  interface Answer<T> {
    /** Reads all of it; throws where it makes no sense. */
    T read(DataInputStream in) throws IOException;
  }

  private interface Question {
    void send() throws IOException;
  }

  OpenFile(ReaderPool pool, ReaderProcess process, Job job, byte[] file, MediaLimits limits) {
    this.pool = pool;
    this.process = process;
    this.job = job;
    this.limits = limits;
    bytes = file.length;
    long nanos = limits.time().plus(GRACE).toNanos();
    deadline = System.nanoTime() + nanos;
    alarm =
        CompletableFuture.runAsync(
            process::close, CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS));
  }

  MediaLimits limits() {
    return limits;
  }

  /** Sends the file; what is known of the whole comes back. */
  <T> T begin(byte[] file, Answer<T> answer) {
    return ask(() -> Request.open(process.requests(), job, limits, file), answer);
  }

  /** The next piece; what the number means is in {@link Request.Next}. */
  <T> T next(int number, Answer<T> answer) {
    return ask(() -> Request.next(process.requests(), number), answer);
  }

  private <T> T ask(Question question, Answer<T> answer) {
    if (!isWell) {
      throw new MediaException("the %s cannot be read any further".formatted(job.what()));
    }
    try {
      question.send();
      int kind = process.replies().readUnsignedByte();
      if (kind == Reply.FAILURE) {
        throw new MediaException(Reply.text(process.replies(), LONGEST_MESSAGE));
      }
      if (kind != Reply.DONE) {
        throw new IOException("a reply of kind " + kind);
      }
      return answer.read(process.replies());
    } catch (MediaException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // of sizes that do not fit each other
      isWell = false;
      throw ended(e);
    }
  }

  /** Why the process stopped making sense. */
  private MediaException ended(Exception e) {
    if (System.nanoTime() - deadline > 0) {
      return new MediaException(tooSlow(job, limits), e);
    }
    if (process.isOutOfMemory()) {
      return new MediaException(
          "reading the %s takes more than the %d MB of memory that there are for one. Send a smaller or simpler one"
              .formatted(job.what(), pool.settings().heapMegabytes()),
          e);
    }
    return new MediaException(
        "the process that reads files %s while reading a %s of %d bytes. The file is damaged or hostile: save it again in another format"
            .formatted(process.end().orElse("made no sense (%s)".formatted(e)), job.what(), bytes),
        e);
  }

  static String tooSlow(Job job, MediaLimits limits) {
    return "reading the %s took longer than %d ms. Send a shorter or simpler one"
        .formatted(job.what(), limits.time().toMillis());
  }

  @Override
  public void close() {
    if (isWell) {
      try {
        ask(() -> Request.close(process.requests()), _ -> true);
      } catch (MediaException e) {
        isWell = false; // all that was wanted of the file has been read
      }
    }
    // Whoever cancels the alarm first decides: after that it cannot end the next one's process.
    if (alarm.cancel(false) && isWell) {
      pool.giveBack(process);
    } else {
      pool.end(process);
    }
  }
}
