package ai.pollux.train.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a run keeps what it made:
 *
 * <table>
 * <caption>in the folder</caption>
 * <tr><td>{@code checkpoints/step-00001000}<td>a model that every command loads, with what training
 *     needs to go on
 * <tr><td>{@code metrics.jsonl}, {@code loss.png}<td>how it went
 * <tr><td>{@code lock}<td>held while a process trains here
 * </table>
 *
 * <p>A checkpoint is a folder that gets its name when all of it is on the disk; what a killed
 * process left has another name and is removed by the next.
 */
public final class RunFolder implements AutoCloseable {
  private static final String PART = ".part";
  private static final Pattern CHECKPOINT = Pattern.compile("step-\\d{8}");

  private final Path folder;
  private final Path checkpoints;
  private final Optional<FileChannel> lockFile;

  /** What fills a checkpoint's folder. */
  @FunctionalInterface
  interface Body {
    void write(Path folder) throws IOException;
  }

  private RunFolder(Path folder, Optional<FileChannel> lockFile) {
    this.folder = folder;
    this.checkpoints = folder.resolve("checkpoints");
    this.lockFile = lockFile;
  }

  /**
   * Takes a folder, and makes it if it is not there. Closing lets another process have it.
   *
   * @throws RunException if another process trains there
   */
  public static RunFolder open(Path folder) {
    try {
      Files.createDirectories(folder.resolve("checkpoints"));
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isLocked(channel)) {
        channel.close();
        throw new RunException(
            "%s: another process trains here. Wait for it, end it, or name another folder"
                .formatted(folder));
      }
      RunFolder opened = new RunFolder(folder, Optional.of(channel));
      opened.removeParts();
      return opened;
    } catch (IOException e) {
      throw new RunException("%s: cannot be used: %s".formatted(folder, e), e);
    }
  }

  /** A folder that another process of the same run has taken, to read from. */
  public static RunFolder follow(Path folder) {
    return new RunFolder(folder, Optional.empty());
  }

  private static boolean isLocked(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // By this very process.
    }
  }

  /** The folder itself. */
  public Path path() {
    return folder;
  }

  /** The measurements. */
  public MetricsFile metrics() {
    return new MetricsFile(folder.resolve("metrics.jsonl"));
  }

  /** The newest checkpoint. */
  public Optional<Path> latest() {
    return whole().stream().reduce((older, newer) -> newer);
  }

  /** Every whole checkpoint, old ones first. */
  List<Path> whole() {
    return list().stream()
        .filter(path -> CHECKPOINT.matcher(path.getFileName().toString()).matches())
        .toList();
  }

  /**
   * Writes a checkpoint, replacing one of the same step, and removes all but the newest.
   *
   * @param kept how many stay
   * @throws RunException if the disk does not take it; those that are there stay
   */
  void checkpoint(long step, int kept, Body body) {
    Path target = checkpoints.resolve("step-%08d".formatted(step));
    Path part = checkpoints.resolve(target.getFileName() + PART);
    try {
      remove(part);
      Files.createDirectories(part);
      body.write(part);
      force(part);
      remove(target);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      forceOne(checkpoints);
      List<Path> all = whole();
      for (Path old : all.subList(0, Math.max(0, all.size() - kept))) {
        remove(old);
      }
    } catch (IOException e) {
      throw new RunException(
          "%s: the checkpoint cannot be written: %s. Make room; the run goes on from the one before"
              .formatted(target, e),
          e);
    }
  }

  private void removeParts() throws IOException {
    for (Path path : list()) {
      if (path.getFileName().toString().endsWith(PART)) {
        remove(path);
      }
    }
  }

  private List<Path> list() {
    try (Stream<Path> paths = Files.list(checkpoints)) {
      return paths.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(checkpoints + ": cannot be listed", e);
    }
  }

  private static void remove(Path path) throws IOException {
    if (Files.notExists(path)) {
      return;
    }
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(one);
      }
    }
  }

  private static void force(Path path) throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path one : all.toList()) {
        forceOne(one);
      }
    }
  }

  /** Files and folders reach the disk; where folders cannot be opened they do anyway. */
  private static void forceOne(Path path) throws IOException {
    if (Files.isDirectory(path) && System.getProperty("os.name", "").startsWith("Windows")) {
      return;
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() {
    try {
      if (lockFile.isPresent()) {
        lockFile.get().close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": the lock cannot be let go", e);
    }
  }
}
