package ai.pollux.server.http;

import ai.pollux.server.gemini.BatchMapping;
import ai.pollux.server.state.Batch;
import ai.pollux.server.state.Batches;
import ai.pollux.server.state.ServerState;
import ai.pollux.server.store.FileStore;
import ai.pollux.server.store.StoreException;
import ai.pollux.server.store.UploadDraft;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the rows of batches, a few at a time and only while nobody waits who asked directly. May
 * be killed at any moment: what is answered is kept, and whoever runs next goes on.
 */
final class BatchRunner implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(BatchRunner.class);
  private static final int ROWS_AT_A_TIME = 4;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration OLDEST = Duration.ofDays(2);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final LateState state;
  private final ProjectFiles files;
  private final BatchRows rows;
  private final String owner = UUID.randomUUID().toString();
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private volatile boolean isClosing;

  /** Starts to look for batches. */
  BatchRunner(LateState state, ProjectFiles files, BatchRows rows) {
    this.state = state;
    this.files = files;
    this.rows = rows;
    thread = Thread.ofVirtual().name("pollux-batches").start(this::run);
  }

  /** There may be something to do. */
  void wake() {
    news.release();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        boolean isIdle = true;
        try {
          isIdle = !rows.isReady() || !workOnNext();
        } catch (RuntimeException e) {
          if (!isClosing) { // else its interrupt met the database
            LOG.warn("batches wait: {}", e.toString());
          }
        }
        if (isIdle) {
          boolean isTold = news.tryAcquire(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
          news.drainPermits();
          LOG.trace("looking for batches again, told: {}", isTold);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private boolean workOnNext() throws InterruptedException {
    Optional<ServerState> open = state.ifOpen();
    if (open.isEmpty()) {
      return false;
    }
    Batches batches = open.get().batches();
    batches.expire(OLDEST);
    Optional<Batch> next = batches.claim(owner, LEASE);
    if (next.isPresent()) {
      work(batches, next.get());
    }
    return next.isPresent();
  }

  private void work(Batches batches, Batch batch) throws InterruptedException {
    Thread renewing = Thread.ofVirtual().start(() -> renew(batches, batch.id()));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Batch.Row> pending = batches.pending(batch.id(), 0, ROWS_AT_A_TIME);
      while (!pending.isEmpty() && batches.renew(batch.id(), owner, LEASE)) {
        answer(threads, batches, batch, pending);
        pending = batches.pending(batch.id(), 0, ROWS_AT_A_TIME);
      }
      if (pending.isEmpty()) {
        finish(batches, batch);
      }
    } catch (InterruptedException e) {
      batches.release(batch.id(), owner);
      throw e;
    } finally {
      renewing.interrupt();
    }
  }

  private void answer(
      ExecutorService threads, Batches batches, Batch batch, List<Batch.Row> pending)
      throws InterruptedException {
    List<Callable<Boolean>> calls =
        pending.stream()
            .<Callable<Boolean>>map(row ->
                () -> {
                  BatchRows.Outcome outcome = rows.answer(batch, row);
                  return batches.answer(
                      batch.id(), owner, row.position(), outcome.json(), outcome.isError());
                })
            .toList();
    for (Future<Boolean> call : threads.invokeAll(calls)) {
      try {
        call.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException("a row was not answered", e.getCause());
      }
    }
  }

  private void renew(Batches batches, String id) {
    try {
      do {
        Thread.sleep(LEASE.dividedBy(3));
      } while (batches.renew(id, owner, LEASE));
    } catch (InterruptedException e) {
      // Nobody works on it any longer.
    }
  }

  /** Ends a batch whose rows are all answered. A killed server's successor does it again. */
  private void finish(Batches batches, Batch batch) {
    Optional<String> output = batch.inputFile().map(_ -> "batch-" + batch.id());
    try {
      if (output.isPresent()) {
        write(batches, batch, output.get());
      }
      batches.succeed(batch.id(), output);
    } catch (IOException | UncheckedIOException | StoreException e) {
      LOG.warn("the answers of batches/{} could not be written", batch.id(), e);
      batches.fail(batch.id(), "The answers could not be written: " + e.getMessage());
    }
  }

  private void write(Batches batches, Batch batch, String id) throws IOException {
    FileStore store = files.store(batch.project());
    if (store.find(id).isPresent()) {
      return; // by a server that was killed just then
    }
    Path file = Files.createTempFile("pollux-batch", ".jsonl");
    try {
      try (OutputStream out = Files.newOutputStream(file)) {
        for (long from = 0; from < batch.counts().rows(); ) {
          for (Batch.Row row : batches.rows(batch.id(), from, 500)) {
            out.write((BatchMapping.answer(row) + "\n").getBytes(StandardCharsets.UTF_8));
            from++;
          }
        }
      }
      UploadDraft draft = new UploadDraft(id, id + ".jsonl", "application/jsonl", Files.size(file));
      String token = store.begin(draft);
      try (InputStream in = Files.newInputStream(file)) {
        store.append(token, 0, in);
        store.finish(token);
      } finally {
        store.cancel(token);
      }
    } finally {
      Files.delete(file);
    }
  }

  /** Stops; what was begun is given back. */
  @Override
  public void close() {
    isClosing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
