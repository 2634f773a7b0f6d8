package ai.pollux.engine;

import ai.pollux.model.LanguageModel;
import ai.pollux.tensor.Backend;

/**
 * Runs many generations on one model at once. Owns one thread and the key/value cache, until it is
 * closed; model and backend belong to who made them, and are closed after it. While it is open the
 * backend must not be used for anything else.
 */
public final class Engine implements AutoCloseable {
  private final LanguageModel model;
  private final Backend backend;
  private final EngineOptions options;

  /** Takes the cache's memory and starts the thread. */
  public Engine(LanguageModel model, Backend backend, EngineOptions options) {
    this.model = model;
    this.backend = backend;
    this.options = options;
  }

  /**
   * Puts a request in the queue. Does not wait.
   *
   * @throws InvalidRequestException if this engine can never answer it: an empty or too long
   *     prompt, ids out of range, too many candidates
   * @throws EngineBusyException if the queue is full
   */
  public Generation submit(GenerationRequest request) {
    Generation generation =
        new Generation(request, request.sampling().seed().orElse(0), System.nanoTime());
    generation.failed(
        "%s on %s with %s: steps do not run yet"
            .formatted(model.info().architecture(), backend.name(), options));
    return generation;
  }

  /** The engine at this moment. */
  public EngineStats stats() {
    return new EngineStats(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  }

  /** Cancels all requests, waits for the step that runs, frees the cache. */
  @Override
  public void close() {}
}
