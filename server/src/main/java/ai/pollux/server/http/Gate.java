package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.telemetry.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets requests in until it is closed; then waits for those that are inside. */
final class Gate {
  /** How long cancelled requests may take to say their last words. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition isEmpty = lock.newCondition();
  private final Set<Exchange> inside = new HashSet<>();
  private boolean isClosed;

  /**
   * Lets a request in, which has to {@link #leave}.
   *
   * @throws ApiException UNAVAILABLE once the gate is closed
   */
  void enter(Exchange exchange) {
    lock.lock();
    try {
      if (isClosed) {
        throw new ApiException(
            ApiException.Status.UNAVAILABLE,
            "The server is shutting down and takes no new requests. Please try again in a moment.");
      }
      inside.add(exchange);
    } finally {
      lock.unlock();
    }
  }

  void leave(Exchange exchange) {
    lock.lock();
    try {
      inside.remove(exchange);
      if (inside.isEmpty()) {
        isEmpty.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    lock.lock();
    try {
      return isClosed;
    } finally {
      lock.unlock();
    }
  }

  /** Lets nobody in any more; how many are inside. */
  int close() {
    lock.lock();
    try {
      isClosed = true;
      return inside.size();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for those inside, once it is closed. Who is still there at the end of {@code patience} is
   * cancelled.
   *
   * @return how many were cancelled
   */
  int drain(Duration patience) throws InterruptedException {
    List<Exchange> late = await(patience);
    late.forEach(Exchange::cancel);
    if (!late.isEmpty()) {
      await(LAST_WORDS);
    }
    return late.size();
  }

  private List<Exchange> await(Duration patience) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = patience.toNanos();
      while (!inside.isEmpty() && left > 0) {
        left = isEmpty.awaitNanos(left);
      }
      return new ArrayList<>(inside);
    } finally {
      lock.unlock();
    }
  }
}
