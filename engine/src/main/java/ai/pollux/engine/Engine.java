package ai.pollux.engine;

import ai.pollux.model.LanguageModel;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.KvCache;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Runs many generations on one model at once. Owns one thread and the key/value cache, until it is
 * closed; model and backend belong to who made them, and are closed after it. While it is open the
 * backend must not be used for anything else.
 */
public final class Engine implements AutoCloseable {
  private final EngineOptions options;
  private final RequestRules rules;
  private final KvCache cache;
  private final StepLoop loop;
  private final Embedder embedder;
  private final Thread thread;
  private final AtomicInteger unstarted = new AtomicInteger();
  private final AtomicInteger unembedded = new AtomicInteger();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();
  private final ArrayDeque<Generation> arrivals = new ArrayDeque<>();
  private final ArrayDeque<EmbeddingTask> embeddings = new ArrayDeque<>();
  private boolean closed;
  private boolean cacheClosed;
  private volatile EngineStats stats;

  /**
   * Takes the cache's memory and starts the thread.
   *
   * @throws IllegalArgumentException if the options ask for a longer context than the model has
   */
  public Engine(LanguageModel model, Backend backend, EngineOptions options) {
    if (options.contextLength() > model.info().contextLength()) {
      throw new IllegalArgumentException(
          "contextLength: expected at most %d, which is what this %s model was made for, found %d"
              .formatted(
                  model.info().contextLength(),
                  model.info().architecture(),
                  options.contextLength()));
    }
    this.options = options;
    rules = new RequestRules(model.info(), options);
    cache = backend.cache(CacheSizes.layout(model.info(), options));
    EncodedMedia encoded = new EncodedMedia(model, backend);
    loop = new StepLoop(model, backend, cache, options, unstarted, encoded);
    embedder = new Embedder(model, backend, encoded, options.stepTokens());
    stats = loop.stats();
    thread = Thread.ofPlatform().name("pollux-engine").daemon().unstarted(this::run);
    thread.start();
  }

  /** The sizes it was made with. */
  public EngineOptions options() {
    return options;
  }

  /**
   * Puts a request in the queue. Does not wait.
   *
   * @throws InvalidRequestException if this engine can never answer it: an empty or too long
   *     prompt, ids out of range, too many candidates
   * @throws EngineBusyException if the queue is full
   * @throws IllegalStateException if the engine is closed
   */
  public Generation submit(GenerationRequest request) {
    rules.check(request);
    long seed = request.sampling().seed().orElseGet(ThreadLocalRandom.current()::nextLong);
    Generation generation = new Generation(request, seed, System.nanoTime());
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the engine is closed");
      }
      if (unstarted.get() >= options.maxWaiting()) {
        throw new EngineBusyException(options.maxWaiting());
      }
      unstarted.incrementAndGet();
      arrivals.add(generation);
      work.signal();
    } finally {
      lock.unlock();
    }
    return generation;
  }

  /**
   * Puts texts to embed in the queue; they take turns with generations. Does not wait.
   *
   * @return a vector of the model's hidden size for each, in their order; cancelling it ends the
   *     work
   * @throws InvalidRequestException if one is empty, too long, or has ids out of range
   * @throws EngineBusyException if as many calls wait as requests may
   * @throws IllegalStateException if the engine is closed
   */
  public CompletableFuture<List<float[]>> embed(List<EmbeddingRequest> requests) {
    requests.forEach(rules::check);
    EmbeddingTask task = new EmbeddingTask(requests);
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the engine is closed");
      }
      if (unembedded.get() >= options.maxWaiting()) {
        throw new EngineBusyException(options.maxWaiting());
      }
      unembedded.incrementAndGet();
      var _ = task.vectors().whenComplete((_, _) -> unembedded.decrementAndGet());
      embeddings.add(task);
      work.signal();
    } finally {
      lock.unlock();
    }
    return task.vectors();
  }

  /** The engine after its last step. */
  public EngineStats stats() {
    return stats;
  }

  /** Cancels all requests, waits for the step that runs, frees the cache. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      work.signal();
    } finally {
      lock.unlock();
    }
    joinThread();
    lock.lock();
    try {
      if (!cacheClosed) {
        cacheClosed = true;
        cache.close();
      }
    } finally {
      lock.unlock();
    }
  }

  private void joinThread() {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the step still uses the cache: wait for it all the same
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (awaitWork()) {
        if (!loop.isIdle()) {
          loop.step();
          stats = loop.stats();
        }
        if (!embedder.isIdle()) {
          embedder.step();
        }
      }
      loop.cancelAll();
      stats = loop.stats();
      embedder.failAll(new CancellationException("the engine is closed"));
      refuseArrivals(Generation::cancelled);
    } catch (Throwable broken) { // whatever it is, nobody may wait for ever
      loop.failAll(broken);
      embedder.failAll(broken);
      refuseArrivals(generation -> generation.failed(broken));
    }
  }

  /** Waits until there is something to do; false if the engine is closed. */
  private boolean awaitWork() {
    lock.lock();
    try {
      while (!closed
          && arrivals.isEmpty()
          && embeddings.isEmpty()
          && loop.isIdle()
          && embedder.isIdle()) {
        work.awaitUninterruptibly();
      }
      while (!closed && !arrivals.isEmpty()) {
        loop.add(arrivals.remove());
      }
      while (!closed && !embeddings.isEmpty()) {
        embedder.add(embeddings.remove());
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  private void refuseArrivals(Consumer<Generation> end) {
    lock.lock();
    try {
      closed = true;
      arrivals.forEach(end);
      arrivals.clear();
      embeddings.forEach(task -> task.vectors().cancel(false));
      embeddings.clear();
    } finally {
      lock.unlock();
    }
  }
}
