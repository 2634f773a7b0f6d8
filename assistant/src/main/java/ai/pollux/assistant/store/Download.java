package ai.pollux.assistant.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one file into the blobs, in parts by several connections. What is there is kept whenever
 * it ends: {@code ID.part} has the bytes, {@code ID.journal} says which. The blob appears under its
 * own name complete, checked against its hash and forced to disk, or not at all. The caller holds
 * the lock of the blob.
 */
final class Download {
  private static final int BUFFER = 64 << 10;

  private final Hub hub;
  private final HubSettings settings;
  private final ModelName name;
  private final String commit;
  private final HubFile file;
  private final Path target;
  private final LongConsumer gained;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /**
   * @param gained told how many more bytes there are, negative where some have to come again
   */
  Download(
      Hub hub,
      HubSettings settings,
      ModelName name,
      String commit,
      HubFile file,
      Path blobs,
      LongConsumer gained) {
    this.hub = hub;
    this.settings = settings;
    this.name = name;
    this.commit = commit;
    this.file = file;
    this.target = blobs.resolve(file.blob());
    this.gained = gained;
  }

  /** Returns when the blob is there. */
  void run() throws IOException, InterruptedException {
    Path part = target.resolveSibling(file.blob() + ".part");
    Path marks = target.resolveSibling(file.blob() + ".journal");
    boolean isFresh = Files.notExists(part);
    try (FileChannel bytes =
            FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        Journal journal = Journal.open(marks, file.size(), settings.partBytes(), isFresh)) {
      List<Integer> missing = journal.missing();
      gained.accept(file.size() - missing.stream().mapToLong(this::length).sum());
      fetch(missing, bytes, journal);
      bytes.force(true);
    }
    try {
      ContentHash.of(file).check(part, name + ": " + file.path());
    } catch (StoreException e) {
      Files.delete(marks);
      Files.delete(part);
      throw e;
    }
    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    Files.deleteIfExists(marks);
  }

  private long offset(int part) {
    return (long) part * settings.partBytes();
  }

  private long length(int part) {
    return Math.min(settings.partBytes(), file.size() - offset(part));
  }

  /** All missing parts, by several connections; by one where the server knows no ranges. */
  private void fetch(List<Integer> missing, FileChannel bytes, Journal journal)
      throws IOException, InterruptedException {
    Queue<Integer> queue = new ConcurrentLinkedQueue<>(missing);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(settings.connections(), missing.size()); i++) {
      threads.add(Thread.ofVirtual().start(() -> fetchFrom(queue, bytes, journal)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    switch (failure.get()) {
      case null -> {}
      case NoRanges none -> fetchWhole(bytes, journal);
      case RuntimeException e -> throw e;
      case IOException e -> throw e;
      case Throwable e -> throw new StoreException(name + ": the download failed: " + e, e);
    }
  }

  private void fetchFrom(Queue<Integer> queue, FileChannel bytes, Journal journal) {
    try {
      for (Integer part = queue.poll();
          part != null && failure.get() == null;
          part = queue.poll()) {
        fetchPart(part, bytes, journal);
      }
    } catch (IOException | RuntimeException | Error e) {
      failure.compareAndSet(null, e);
    } catch (InterruptedException e) {
      failure.compareAndSet(null, e);
      Thread.currentThread().interrupt();
    }
  }

  /** One part, from where a cut connection left it. */
  private void fetchPart(int part, FileChannel bytes, Journal journal)
      throws IOException, InterruptedException {
    Patience patience = new Patience(settings);
    long from = offset(part);
    long end = from + length(part);
    while (from < end && failure.get() == null) {
      long before = from;
      try (Hub.Response response = hub.open(name, commit, file.path(), from, end - 1)) {
        if (!response.isPartial() && (from > 0 || end < file.size())) {
          gained.accept(offset(part) - from);
          throw new NoRanges();
        }
        InputStream body = response.body();
        byte[] buffer = new byte[BUFFER];
        while (from < end) {
          int count = body.read(buffer, 0, (int) Math.min(BUFFER, end - from));
          if (count < 0) {
            throw new IOException(
                "the connection was cut at byte %d of %d".formatted(from, file.size()));
          }
          write(bytes, buffer, count, from);
          from += count;
          gained.accept(count);
        }
      } catch (NoRanges e) {
        throw e;
      } catch (IOException e) {
        if (from > before) {
          patience.renew();
        }
        patience.waitAfter(e, name + ": " + file.path());
      }
    }
    if (from == end) {
      keep(part, bytes, journal);
    }
  }

  /** The file from its beginning, again and again, passing over the parts that are there. */
  private void fetchWhole(FileChannel bytes, Journal journal)
      throws IOException, InterruptedException {
    Patience patience = new Patience(settings);
    int had = journal.missing().size();
    while (had > 0) {
      try (Hub.Response response = hub.open(name, commit, file.path(), -1, -1)) {
        readWhole(response.body(), bytes, journal);
      } catch (IOException e) {
        if (journal.missing().size() < had) {
          patience.renew();
        }
        patience.waitAfter(e, name + ": " + file.path());
      }
      had = journal.missing().size();
    }
  }

  private void readWhole(InputStream body, FileChannel bytes, Journal journal) throws IOException {
    byte[] buffer = new byte[BUFFER];
    for (int part = 0; offset(part) < file.size(); part++) {
      long end = offset(part) + length(part);
      for (long at = offset(part); at < end; ) {
        int count = body.read(buffer, 0, (int) Math.min(BUFFER, end - at));
        if (count < 0) {
          throw new IOException(
              "the connection was cut at byte %d of %d".formatted(at, file.size()));
        }
        if (!journal.has(part)) {
          write(bytes, buffer, count, at);
        }
        at += count;
      }
      if (!journal.has(part)) {
        keep(part, bytes, journal);
        gained.accept(length(part));
      }
    }
  }

  private void write(FileChannel bytes, byte[] buffer, int count, long at) {
    try {
      Journal.writeAll(bytes, ByteBuffer.wrap(buffer, 0, count), at);
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** Some systems find room for what was written only now. */
  private void keep(int part, FileChannel bytes, Journal journal) {
    try {
      bytes.force(false);
      journal.mark(part);
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** A disk that is full is no reason to try again. */
  private StoreException full(IOException e) {
    return new StoreException(
        "%s: cannot write to %s: %s. Make room, then pull again: what came so far is kept"
            .formatted(name, target.getParent(), e.getMessage()),
        e);
  }

  /** The server sends whole files only. */
  private static final class NoRanges extends IOException {
    @Serial private static final long serialVersionUID = 1;
  }
}
