package ai.pollux.engine;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * The answers to one request, as they are made. For one reading thread; virtual threads wait here
 * cheaply. Closing it cancels what is not finished.
 *
 * <pre>{@code
 * try (Generation generation = engine.submit(request)) {
 *   while (generation.hasNext()) {
 *     switch (generation.next()) { … }
 *   }
 * }
 * }</pre>
 */
public final class Generation implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final ArrayDeque<Event> events = new ArrayDeque<>();
  private final GenerationRequest request;
  private final long seed;
  private final long submittedNanos;
  private final boolean[] ended;
  private int unreadEnds;
  private int endsToCome;
  private int cachedTokens;
  private final int[] sampledTokens;
  private long firstTokenNanos = -1;
  private long elapsedNanos;
  private volatile boolean cancelled;

  Generation(GenerationRequest request, long seed, long nowNanos) {
    this.request = request;
    this.seed = seed;
    submittedNanos = nowNanos;
    ended = new boolean[request.candidates()];
    sampledTokens = new int[request.candidates()];
    unreadEnds = request.candidates();
    endsToCome = request.candidates();
  }

  /** Whether {@link #next} will return another event, now or later. Does not wait. */
  public boolean hasNext() {
    lock.lock();
    try {
      return unreadEnds > 0;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The next event; waits for it.
   *
   * @throws NoSuchElementException if every candidate's end was returned before
   */
  public Event next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (unreadEnds == 0) {
        throw new NoSuchElementException("every candidate has ended: ask hasNext() first");
      }
      while (events.isEmpty()) {
        arrived.await();
      }
      Event event = events.remove();
      switch (event) {
        case Event.Sampled sampled -> {}
        case Event.Finished finished -> unreadEnds--;
        case Event.Failed failed -> unreadEnds = 0;
      }
      return event;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends what is not finished, within one step of the engine. The events so far can still be read;
   * each open candidate ends with {@link FinishReason#CANCELLED}.
   */
  public void cancel() {
    cancelled = true;
  }

  /** The seed of the draws: the request's, or the one that was chosen for it. */
  public long seed() {
    return seed;
  }

  /** What it took so far. */
  public GenerationStats stats() {
    lock.lock();
    try {
      return new GenerationStats(
          request.promptLength(),
          cachedTokens,
          IntStream.of(sampledTokens).sum(),
          firstTokenNanos,
          elapsedNanos);
    } finally {
      lock.unlock();
    }
  }

  /** Cancels. */
  @Override
  public void close() {
    cancel();
  }

  // ---- the engine's side ----

  GenerationRequest request() {
    return request;
  }

  boolean isCancelled() {
    return cancelled;
  }

  /** How much of the prompt was found in the cache when it first started. */
  void started(int cachedTokens) {
    lock.lock();
    try {
      this.cachedTokens = cachedTokens;
    } finally {
      lock.unlock();
    }
  }

  void sampled(Event.Sampled event, long nowNanos) {
    lock.lock();
    try {
      if (ended[event.candidate()]) {
        return;
      }
      elapsedNanos = nowNanos - submittedNanos;
      if (firstTokenNanos < 0) {
        firstTokenNanos = elapsedNanos;
      }
      sampledTokens[event.candidate()]++;
      add(event);
    } finally {
      lock.unlock();
    }
  }

  /** Ends a candidate; does nothing where it has ended. */
  void finished(Event.Finished event) {
    lock.lock();
    try {
      if (!ended[event.candidate()]) {
        ended[event.candidate()] = true;
        endsToCome--;
        add(event);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends the candidates that have not ended. */
  void cancelled() {
    for (int candidate = 0; candidate < ended.length; candidate++) {
      finished(new Event.Finished(candidate, FinishReason.CANCELLED, sampledTokens[candidate], 0));
    }
  }

  /** Ends all candidates; does nothing where they have ended. */
  void failed(Throwable cause) {
    lock.lock();
    try {
      if (endsToCome > 0) {
        Arrays.fill(ended, true);
        endsToCome = 0;
        add(new Event.Failed("A step of the engine failed: " + cause, cause));
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(Event event) {
    events.add(event);
    arrived.signal();
  }
}
