package ai.pollux.model.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file while it is written, called {@code NAME.part}. It gets its name when it is whole and on
 * the disk. A second file, {@code NAME.part.done}, says what it is made of and, line by line, how
 * many of its bytes are on the disk: a writer that was killed goes on from the last of them. One
 * process at a time writes it. Whoever opens it closes it.
 */
final class PartFile implements AutoCloseable {
  /** Bytes between two lines: some seconds of the slowest conversion. */
  static final long STEP_BYTES = 64L << 20;

  private final Path target;
  private final Path part;
  private final Path done;
  private final FileChannel channel;
  private final WritableByteChannel out;
  private final @Nullable FileChannel journal;
  private final long step;
  private long written;
  private long settled;

  /**
   * What is written.
   *
   * @param target the name it gets
   * @param fingerprint says what it is made of and how; empty if a later run cannot go on
   * @param step bytes between two lines of the journal
   * @param disk around the file, for tests
   */
  record Plan(Path target, String fingerprint, long step, UnaryOperator<WritableByteChannel> disk) {
    Plan(Path target, String fingerprint) {
      this(target, fingerprint, STEP_BYTES, UnaryOperator.identity());
    }
  }

  private PartFile(Plan plan, FileChannel channel, @Nullable FileChannel journal, long kept) {
    this.target = plan.target();
    this.part = part(target);
    this.done = done(target);
    this.channel = channel;
    this.out = plan.disk().apply(channel);
    this.journal = journal;
    this.step = plan.step();
    this.written = kept;
    this.settled = kept;
  }

  private static Path part(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  private static Path done(Path target) {
    return target.resolveSibling(target.getFileName() + ".part.done");
  }

  /**
   * Opens the part of an earlier run, if that made the same of the same, or a new one.
   *
   * @param progress is told which
   * @throws CheckpointException if the disk does not take it, or another process writes it
   */
  static PartFile open(Plan plan, GgufWriter.Progress progress) {
    Path target = plan.target();
    FileChannel channel = null;
    try {
      boolean isLeft = Files.exists(part(target));
      channel = FileChannel.open(part(target), CREATE, READ, WRITE);
      lock(channel, target);
      long kept = isLeft ? kept(plan, channel) : 0;
      if (isLeft && kept == 0) {
        progress.startsAgain(part(target));
      }
      channel.truncate(kept);
      channel.position(kept);
      return new PartFile(plan, channel, journal(plan, kept), kept);
    } catch (IOException | RuntimeException e) {
      closeQuietly(channel);
      if (e instanceof RuntimeException refused) {
        throw refused;
      }
      throw failed(target, e, "");
    }
  }

  private static void lock(FileChannel channel, Path target) throws IOException {
    FileLock lock = null;
    try {
      lock = channel.tryLock(); // closing the channel releases it
    } catch (OverlappingFileLockException e) {
      // This process holds it: the same as another.
    }
    if (lock == null) {
      throw new CheckpointException(
          target, "is being written by another process. Wait until it is done, or name another");
    }
  }

  private static void closeQuietly(@Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The refusal that led here says more.
    }
  }

  /** The bytes of an earlier run that can stay. A line that was not ended does not count. */
  private static long kept(Plan plan, FileChannel channel) throws IOException {
    Path done = done(plan.target());
    if (plan.fingerprint().isEmpty() || Files.notExists(done)) {
      return 0;
    }
    String text = Files.readString(done);
    List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
    if (lines.size() < 2 || !lines.getFirst().equals(plan.fingerprint())) {
      return 0;
    }
    long bytes = Long.parseLong(lines.getLast());
    return bytes <= channel.size() ? bytes : 0;
  }

  private static @Nullable FileChannel journal(Plan plan, long kept) throws IOException {
    Path done = done(plan.target());
    if (plan.fingerprint().isEmpty()) {
      Files.deleteIfExists(done);
      return null;
    }
    FileChannel journal = FileChannel.open(done, CREATE, TRUNCATE_EXISTING, WRITE);
    String start = plan.fingerprint() + '\n' + (kept > 0 ? kept + "\n" : "");
    append(journal, ByteBuffer.wrap(start.getBytes(UTF_8)));
    journal.force(true);
    return journal;
  }

  /** The bytes that are there, those of an earlier run included. */
  long written() {
    return written;
  }

  /** Refuses if the disk has no room for a file of so many bytes. */
  void checkRoom(long bytes) throws IOException {
    long room = Files.getFileStore(part).getUsableSpace();
    if (room < bytes - written) {
      throw new CheckpointException(
          target,
          "takes %d MB, but its disk has %d MB left. Make room, or name another disk"
              .formatted((bytes - written) / 1_000_000, room / 1_000_000));
    }
  }

  /** Writes all of it. */
  void append(ByteBuffer bytes) throws IOException {
    int size = bytes.remaining();
    append(out, bytes);
    written += size;
  }

  private static void append(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** A place to go on from; kept in mind if it is far enough behind the last. */
  void settle() throws IOException {
    if (written - settled >= step) {
      force();
    }
  }

  /** Brings all that was written to the disk, and then the note of it. */
  void force() throws IOException {
    channel.force(true);
    if (journal != null && written > settled) {
      append(journal, ByteBuffer.wrap((written + "\n").getBytes(UTF_8)));
      journal.force(true);
      settled = written;
    }
  }

  /** Gives a file that is whole its name, replacing one of that name. */
  static void rename(Path target) {
    try {
      Files.move(
          part(target),
          target,
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      Files.deleteIfExists(done(target));
      forceFolder(target);
    } catch (IOException e) {
      throw failed(target, e, "");
    }
  }

  /** The new name itself has to reach the disk; where folders cannot be opened it will anyway. */
  private static void forceFolder(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null && !System.getProperty("os.name", "").startsWith("Windows")) {
      try (FileChannel channel = FileChannel.open(folder, READ)) {
        channel.force(true);
      }
    }
  }

  /** The failure of writing; says whether a later run can go on. */
  CheckpointException failed(IOException cause) {
    return failed(
        target,
        cause,
        settled > 0 ? ". What is done is kept: the same command goes on from there" : "");
  }

  private static CheckpointException failed(Path target, Exception cause, String kept) {
    return new CheckpointException(
        target, "cannot be written: " + cause.getMessage() + kept, cause);
  }

  /** Removes what no later run can use. */
  void discard() {
    try {
      if (settled == 0) {
        Files.deleteIfExists(part);
        Files.deleteIfExists(done);
      }
    } catch (IOException e) {
      throw new CheckpointException(part, "cannot be removed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (journal != null) {
      journal.close();
    }
  }
}
