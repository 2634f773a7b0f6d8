package ai.pollux.engine;

import ai.pollux.model.ModelInfo;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;

/**
 * The engine's sizes.
 *
 * @param contextLength the most tokens of a prompt and its answer together
 * @param cacheTokens how many tokens of all sequences the cache holds, in layers without a window;
 *     at least {@code contextLength}
 * @param cacheFormat how keys and values are kept: F32, F16 or BF16
 * @param pageSize tokens per page of the cache; prefixes are reused in whole pages
 * @param maxSequences the most sequences in a step
 * @param stepTokens the most rows in a step; long prompts are cut into steps of this many
 * @param maxWaiting the most requests that wait; more are refused
 * @param prefixReuse whether a request may use what earlier ones with the same beginning left in
 *     the cache
 */
public record EngineOptions(
    int contextLength,
    int cacheTokens,
    BlockFormat cacheFormat,
    int pageSize,
    int maxSequences,
    int stepTokens,
    int maxWaiting,
    boolean prefixReuse) {
  /**
   * Checks every value.
   *
   * @throws IllegalArgumentException naming the value, what was found and what is allowed
   */
  public EngineOptions {
    atLeast("contextLength", 2, contextLength);
    atLeast("cacheTokens", contextLength, cacheTokens);
    atLeast("pageSize", 1, pageSize);
    atLeast("maxSequences", 1, maxSequences);
    atLeast("stepTokens", maxSequences, stepTokens);
    atLeast("maxWaiting", 1, maxWaiting);
  }

  /**
   * For a small server: a context of at most 8192 tokens, room for two full ones, 16 sequences at a
   * time, 256 waiting, steps of 512 rows, an F32 cache in pages of 32.
   */
  public static EngineOptions of(ModelInfo model) {
    int context = Math.min(model.contextLength(), 8192);
    return new EngineOptions(context, 2 * context, Formats.F32, 32, 16, 512, 256, true);
  }

  /** With this context, and a cache of at least that size. */
  public EngineOptions withContextLength(int contextLength) {
    return new EngineOptions(
        contextLength,
        Math.max(cacheTokens, contextLength),
        cacheFormat,
        pageSize,
        maxSequences,
        stepTokens,
        maxWaiting,
        prefixReuse);
  }

  public EngineOptions withCacheTokens(int cacheTokens) {
    return new EngineOptions(
        contextLength,
        cacheTokens,
        cacheFormat,
        pageSize,
        maxSequences,
        stepTokens,
        maxWaiting,
        prefixReuse);
  }

  public EngineOptions withCacheFormat(BlockFormat cacheFormat) {
    return new EngineOptions(
        contextLength,
        cacheTokens,
        cacheFormat,
        pageSize,
        maxSequences,
        stepTokens,
        maxWaiting,
        prefixReuse);
  }

  public EngineOptions withPageSize(int pageSize) {
    return new EngineOptions(
        contextLength,
        cacheTokens,
        cacheFormat,
        pageSize,
        maxSequences,
        stepTokens,
        maxWaiting,
        prefixReuse);
  }

  /** With this many sequences at a time, and steps of at least as many rows. */
  public EngineOptions withMaxSequences(int maxSequences) {
    return new EngineOptions(
        contextLength,
        cacheTokens,
        cacheFormat,
        pageSize,
        maxSequences,
        Math.max(stepTokens, maxSequences),
        maxWaiting,
        prefixReuse);
  }

  public EngineOptions withStepTokens(int stepTokens) {
    return new EngineOptions(
        contextLength,
        cacheTokens,
        cacheFormat,
        pageSize,
        maxSequences,
        stepTokens,
        maxWaiting,
        prefixReuse);
  }

  public EngineOptions withMaxWaiting(int maxWaiting) {
    return new EngineOptions(
        contextLength,
        cacheTokens,
        cacheFormat,
        pageSize,
        maxSequences,
        stepTokens,
        maxWaiting,
        prefixReuse);
  }

  public EngineOptions withPrefixReuse(boolean prefixReuse) {
    return new EngineOptions(
        contextLength,
        cacheTokens,
        cacheFormat,
        pageSize,
        maxSequences,
        stepTokens,
        maxWaiting,
        prefixReuse);
  }

  private static void atLeast(String what, int least, int found) {
    if (found < least) {
      throw new IllegalArgumentException(
          "%s: expected at least %d, found %d".formatted(what, least, found));
    }
  }
}
