package ai.pollux.library;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Which model is loaded, and how.
 *
 * @param model a Hugging Face folder, a GGUF file, what {@code pollux pull} fetched by its name, or
 *     {@code pollux-nano}
 * @param context the most tokens of a prompt and its answer together; absent for the model's own,
 *     at most 8192
 * @param threads that compute
 * @param seed of the draws where a question has none; absent for another one each time
 * @param isReference whether the reference backend computes: exact, many times slower, and without
 *     {@code --add-modules jdk.incubator.vector}
 */
public record PolluxOptions(
    String model, OptionalInt context, int threads, OptionalLong seed, boolean isReference) {
  /** The model that comes with Pollux, on all cores. */
  public static final PolluxOptions BUNDLED = of(BundledModel.NAME);

  public PolluxOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + threads);
    }
  }

  /** This model, on all cores. */
  public static PolluxOptions of(String model) {
    return new PolluxOptions(
        model,
        OptionalInt.empty(),
        Runtime.getRuntime().availableProcessors(),
        OptionalLong.empty(),
        false);
  }

  /** With at most so many tokens of a prompt and its answer together. */
  public PolluxOptions withContext(int tokens) {
    return new PolluxOptions(model, OptionalInt.of(tokens), threads, seed, isReference);
  }

  /** On so many threads. */
  public PolluxOptions withThreads(int count) {
    return new PolluxOptions(model, context, count, seed, isReference);
  }

  /** The same draws for every question that has no seed of its own. */
  public PolluxOptions withSeed(long value) {
    return new PolluxOptions(model, context, threads, OptionalLong.of(value), isReference);
  }

  /** Computed by the reference backend. */
  public PolluxOptions onReference() {
    return new PolluxOptions(model, context, threads, seed, true);
  }
}
