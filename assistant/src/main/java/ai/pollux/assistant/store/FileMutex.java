package ai.pollux.assistant.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A lock that processes and threads share, which the system gives back when its holder dies. The
 * file stays: deleting it would let two hold a lock of the same name.
 */
final class FileMutex implements AutoCloseable {
  private static final long POLL_MILLIS = 50;

  private final FileChannel channel;

  private FileMutex(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for it: alone, or together with others that share it. */
  static FileMutex await(Path file, boolean isShared) throws IOException, InterruptedException {
    FileMutex mutex = tryOnce(file, isShared);
    while (mutex == null) {
      Thread.sleep(POLL_MILLIS);
      mutex = tryOnce(file, isShared);
    }
    return mutex;
  }

  /** Null where another has it. */
  static @Nullable FileMutex tryOnce(Path file, boolean isShared) throws IOException {
    Files.createDirectories(file.getParent());
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock(0, Long.MAX_VALUE, isShared);
      if (lock != null) {
        return new FileMutex(channel);
      }
    } catch (OverlappingFileLockException e) {
      // Another thread of this process has it.
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return null;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
