package ai.pollux.content.reader;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A JVM that runs {@link ReaderMain} on our class path, with bounded memory and an empty
 * environment. Owned by the {@link ReaderPool}, lent to one {@link OpenFile} at a time.
 */
final class ReaderProcess implements AutoCloseable {
  private static final Path SHELL = Path.of("/bin/sh");
  private static final int SIGNAL = 128; // a status above is 128 and the signal's number

  /** For a process to be gone after it stopped to answer. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private static final Duration START = Duration.ofMinutes(1);

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream replies;
  private int files;

  private ReaderProcess(Process process) {
    this.process = process;
    requests =
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream(), Request.PIECE));
    replies = new DataInputStream(new BufferedInputStream(process.getInputStream(), Request.PIECE));
  }

  /** Starts one and waits until it is ready. */
  static ReaderProcess start(ReaderSettings settings) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command(settings)).redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().clear(); // keys and tokens are none of its business
    builder.environment().put("MALLOC_ARENA_MAX", "2"); // each reserves 64 MB of addresses
    ReaderProcess started = new ReaderProcess(builder.start());
    started.awaitReady();
    return started;
  }

  private static List<String> command(ReaderSettings settings) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SHELL)) {
      // Not every system can limit addresses; the heap's limit holds everywhere. No core files.
      String kilobytes = Long.toString(1024L * settings.addressMegabytes());
      String limits = "ulimit -c 0; ulimit -v $0 2>/dev/null; exec \"$@\"";
      command.addAll(List.of(SHELL.toString(), "-c", limits, kilobytes));
    }
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + settings.heapMegabytes() + "m",
            "-Xss2m",
            "-XX:+UseSerialGC",
            "-XX:CompressedClassSpaceSize=64m",
            "-XX:ReservedCodeCacheSize=64m",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:+SuppressFatalErrorMessage", // nor a report where it happens to run
            "-Xlog:disable",
            "--enable-native-access=ALL-UNNAMED",
            "-Djava.awt.headless=true",
            "-cp",
            System.getProperty("java.class.path"),
            ReaderMain.class.getName()));
    return command;
  }

  /** So that the clock of the first file does not run while a JVM starts. */
  private void awaitReady() throws IOException {
    CompletableFuture<Void> alarm =
        CompletableFuture.runAsync(
            this::close, CompletableFuture.delayedExecutor(START.toSeconds(), TimeUnit.SECONDS));
    int said = replies.read();
    alarm.cancel(false);
    if (said != Reply.DONE) {
      close();
      throw new IOException("it " + end().orElse("said " + said) + " before it was ready");
    }
  }

  DataOutputStream requests() {
    return requests;
  }

  DataInputStream replies() {
    return replies;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Counts one file more. */
  void nextFile() {
    files++;
  }

  /** How many files it was given. */
  int files() {
    return files;
  }

  /** How it ended, in words, where it does within seconds: {@code ended with signal 11}. */
  Optional<String> end() {
    return status()
        .map(status ->
            status > SIGNAL
                ? "ended with signal " + (status - SIGNAL)
                : "ended with status " + status);
  }

  /** Whether it ended because it wanted more memory than there was. */
  boolean isOutOfMemory() {
    return status().equals(Optional.of(ReaderMain.OUT_OF_MEMORY));
  }

  private Optional<Integer> status() {
    try {
      return process.waitFor(LAST_WORDS.toSeconds(), TimeUnit.SECONDS)
          ? Optional.of(process.exitValue())
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** Ends it, whatever it is doing. */
  @Override
  public void close() {
    process.destroyForcibly();
  }
}
