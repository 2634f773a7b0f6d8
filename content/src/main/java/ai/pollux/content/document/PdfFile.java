package ai.pollux.content.document;

import ai.pollux.content.Json;
import ai.pollux.content.MediaException;
import ai.pollux.content.MediaLimits;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.commons.logging.Log;
import org.apache.fontbox.FontBoxFont;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * The pages of a PDF, one at a time. They are read in a process of their own, which has a bounded
 * heap and is ended when its time is over: a file that unpacks to terabytes, or draws for ever,
 * costs that process and nothing else. One page is in memory at a time.
 *
 * <p>Owned by the one who opened it, who closes it, which ends the process; used by one thread at a
 * time.
 */
public final class PdfFile implements Iterator<PdfPage>, AutoCloseable {
  private static final int HEAP_MEGABYTES = 512;
  private static final int EXIT_OUT_OF_MEMORY = 3; // what -XX:+ExitOnOutOfMemoryError ends with
  private static final int MOST_BYTES = 1 << 28; // of one page
  private static final List<Class<?>> NEEDED =
      List.of(
          PdfWorker.class,
          Json.class,
          PDDocument.class,
          RandomAccessRead.class,
          FontBoxFont.class,
          Log.class);

  private final Process process;
  private final DataInputStream in;
  private final MediaLimits limits;
  private final long deadline;
  private final CompletableFuture<Void> alarm;
  private int pages;
  private int next = 1;

  private PdfFile(Process process, MediaLimits limits) {
    this.process = process;
    this.limits = limits;
    in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    deadline = System.nanoTime() + limits.time().toNanos();
    alarm =
        CompletableFuture.runAsync(
            process::destroyForcibly,
            CompletableFuture.delayedExecutor(limits.time().toNanos(), TimeUnit.NANOSECONDS));
  }

  /**
   * Starts to read a file.
   *
   * @param pixels about how many the picture of a page has; 0 for text alone
   */
  public static PdfFile open(byte[] bytes, int pixels, MediaLimits limits) {
    PdfFile file;
    try {
      file = new PdfFile(start(pixels, limits), limits);
    } catch (IOException e) {
      throw new MediaException("the process that reads PDFs cannot be started: " + e, e);
    }
    try {
      file.begin(bytes);
    } catch (MediaException e) {
      file.close();
      throw e;
    }
    return file;
  }

  /** How many pages there are. */
  public int pages() {
    return pages;
  }

  @Override
  public boolean hasNext() {
    return next <= pages;
  }

  @Override
  public PdfPage next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    try {
      expect(PdfWorker.PAGE);
      String text = new String(read(), StandardCharsets.UTF_8);
      int width = in.readInt();
      int height = in.readInt();
      return new PdfPage(next++, text, width, height, read());
    } catch (IOException e) {
      throw ended(e);
    }
  }

  @Override
  public void close() {
    alarm.cancel(false);
    process.destroyForcibly();
  }

  private static Process start(int pixels, MediaLimits limits) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + HEAP_MEGABYTES + "m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Djava.awt.headless=true",
            "-cp",
            classPath(),
            PdfWorker.class.getName(),
            Integer.toString(pixels),
            Integer.toString(limits.pages()),
            Long.toString(limits.characters()))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static String classPath() {
    return NEEDED.stream()
        .map(PdfFile::place)
        .distinct()
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void begin(byte[] bytes) {
    try {
      try (OutputStream out = process.getOutputStream()) {
        out.write(bytes);
      }
      expect(PdfWorker.COUNT);
      pages = in.readInt();
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private void expect(int wanted) throws IOException {
    int found = in.readUnsignedByte();
    if (found == PdfWorker.FAILURE) {
      throw new MediaException(new String(read(), StandardCharsets.UTF_8));
    }
    if (found != wanted) {
      throw new IOException("expected " + wanted + ", found " + found);
    }
  }

  private byte[] read() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > MOST_BYTES) {
      throw new IOException("a length of " + length);
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /** Why the process stopped talking. */
  private MediaException ended(IOException e) {
    if (System.nanoTime() - deadline > 0) {
      return new MediaException(
          "reading the PDF took longer than "
              + limits.time().toMillis()
              + " ms. Send a shorter or simpler one",
          e);
    }
    try {
      if (process.waitFor(1, TimeUnit.SECONDS) && process.exitValue() == EXIT_OUT_OF_MEMORY) {
        return new MediaException(
            "page "
                + next
                + " of the PDF needs more than "
                + HEAP_MEGABYTES
                + " MB of memory. Send a simpler one",
            e);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return new MediaException("the process that reads the PDF ended at page " + next, e);
  }

  /** The jar or folder that a class came from. */
  private static String place(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(type + " came from no file", e);
    }
  }
}
