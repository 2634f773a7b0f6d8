package ai.pollux.cli;

import ai.pollux.server.http.GeminiServer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a server ends in order: SIGTERM tells it, running requests finish or are cut short, then
 * everything is closed and the process goes, with the exit code 143 that a shell expects of it.
 */
final class Ending {
  private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

  /** For what is closed behind the last request. */
  private static final Duration TO_CLOSE = Duration.ofSeconds(6);

  private final Duration patience;
  private final CountDownLatch isTold = new CountDownLatch(1);
  private final CountDownLatch isDone = new CountDownLatch(1);
  private volatile boolean isServing;

  /** Of a server whose running requests get so much time. */
  Ending(Duration patience) {
    this.patience = patience;
  }

  /** Lets SIGTERM and Ctrl-C tell. */
  void onSigterm() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::tellAndWait));
  }

  /**
   * Tells the command to end and waits until it has closed everything. Not until its thread ends:
   * that thread goes on to {@link System#exit}, which waits for this hook.
   */
  private void tellAndWait() {
    isTold.countDown();
    try {
      Duration most = isServing ? patience.plus(TO_CLOSE) : TO_CLOSE;
      isDone.await(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until it is told. */
  void await() throws InterruptedException {
    isServing = true;
    isTold.await();
  }

  /** Lets running requests finish. */
  void drain(GeminiServer server) throws InterruptedException {
    int running = server.stopTaking();
    if (running > 0) {
      LOG.warn(
          "ending: {} requests still run and have {} s to finish", running, patience.toSeconds());
    }
    int cut = server.drain(patience);
    if (cut > 0) {
      LOG.warn("ending: {} requests were cut short", cut);
    }
  }

  /** Everything is closed. */
  void isDone() {
    isDone.countDown();
  }
}
