package ai.pollux.engine;

import ai.pollux.model.ModelInfo;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a model will take in memory, known before its weights are touched.
 *
 * @param model its sizes
 * @param options the engine's
 * @param availableBytes what the machine, or its container, has for us
 */
public record MemoryPlan(ModelInfo model, EngineOptions options, long availableBytes) {
  /** The JVM with its classes, compiled code and a small heap. */
  private static final long JVM_BYTES = 160L << 20;

  /** Floats per row and hidden unit: the widest intermediate is near 8 D, and a few are live. */
  private static final long ACTIVATIONS = 32;

  /** Media on the heap while they are decoded and until they are encoded. */
  private static final long MEDIA_BYTES = 256L << 20;

  private static final int SMALLEST_CONTEXT = 256;

  /** What is offered instead of larger weights, best first. */
  private static final List<BlockFormat> SMALLER_WEIGHTS =
      List.of(Formats.BF16, Formats.Q8_0, Formats.Q6_K, Formats.Q4_0);

  /** The weights as stored. */
  public long weightBytes() {
    return model.weightBytes();
  }

  /** Keys and values. */
  public long cacheBytes() {
    return CacheSizes.layout(model, options).bytes();
  }

  /** An estimate of a step's activations and scores, of media, and of the JVM itself. */
  public long workspaceBytes() {
    boolean readsMedia = !model.media().isEmpty();
    long activations = ACTIVATIONS * CacheSizes.mostRows(model, options) * model.hiddenSize();
    long scores = (options.maxSequences() + 5L) * model.vocabulary();
    long media = readsMedia ? MEDIA_BYTES + EncodedMedia.CAPACITY_BYTES + model.encoderBytes() : 0;
    return JVM_BYTES + media + Float.BYTES * (activations + scores);
  }

  /** All of it. */
  public long neededBytes() {
    return weightBytes() + cacheBytes() + workspaceBytes();
  }

  /** Whether it fits. */
  public boolean fits() {
    return neededBytes() <= availableBytes;
  }

  /**
   * Goes on only if it fits.
   *
   * @throws MemoryPlanException if not, with what would fit
   */
  public void require() {
    if (!fits()) {
      throw new MemoryPlanException(
          "The %s model does not fit in memory: expected at most %s, found %s (%s). %s"
              .formatted(
                  model.architecture(),
                  gibibytes(availableBytes),
                  gibibytes(neededBytes()),
                  parts(),
                  advice()));
    }
  }

  private String parts() {
    return "weights %s, cache of %d tokens in %s %s, workspace %s"
        .formatted(
            gibibytes(weightBytes()),
            options.cacheTokens(),
            options.cacheFormat().name(),
            gibibytes(cacheBytes()),
            gibibytes(workspaceBytes()));
  }

  private String advice() {
    List<String> fitting = new ArrayList<>();
    MemoryPlan smallCache = with(Formats.F16);
    if (smallCache.cacheBytes() < cacheBytes() && smallCache.fits()) {
      fitting.add("a cache in F16 (%s)".formatted(gibibytes(smallCache.neededBytes())));
    }
    int context = largestContext();
    if (context > 0) {
      MemoryPlan shorter = with(context);
      fitting.add(
          "a context and cache of %d tokens (%s)"
              .formatted(context, gibibytes(shorter.neededBytes())));
    }
    for (BlockFormat format : SMALLER_WEIGHTS) {
      MemoryPlan smaller = withWeights(format);
      if (smaller.weightBytes() < weightBytes() && smaller.fits()) {
        fitting.add(
            "weights in %s (about %s)".formatted(format.name(), gibibytes(smaller.neededBytes())));
        break;
      }
    }
    return fitting.isEmpty() ? lastResort() : "What would fit: " + String.join("; ", fitting) + ".";
  }

  private String lastResort() {
    MemoryPlan stored = with(Formats.F16).with(SMALLEST_CONTEXT);
    BlockFormat smallestFormat = SMALLER_WEIGHTS.getLast();
    MemoryPlan quantized = stored.withWeights(smallestFormat);
    boolean quantizing = quantized.weightBytes() < weightBytes();
    MemoryPlan least = quantizing ? quantized : stored;
    String smallest =
        "weights in %s with an F16 cache of %d tokens take about %s"
            .formatted(
                quantizing ? smallestFormat.name() : "their present format",
                least.options.cacheTokens(),
                gibibytes(least.neededBytes()));
    return least.fits()
        ? "What would fit: only all of it together: " + smallest + "."
        : "Nothing of this model would fit: even " + smallest + ". Use a smaller model.";
  }

  /** The largest power of two under the present context that fits; 0 if none does. */
  private int largestContext() {
    int context = Integer.highestOneBit(options.contextLength() - 1);
    while (context >= SMALLEST_CONTEXT && !with(context).fits()) {
      context /= 2;
    }
    return context >= SMALLEST_CONTEXT ? context : 0;
  }

  private MemoryPlan with(BlockFormat cacheFormat) {
    return new MemoryPlan(model, options.withCacheFormat(cacheFormat), availableBytes);
  }

  private MemoryPlan with(int context) {
    int shorter = Math.min(context, options.contextLength());
    return new MemoryPlan(
        model, options.withContextLength(shorter).withCacheTokens(shorter), availableBytes);
  }

  private MemoryPlan withWeights(BlockFormat format) {
    long bytes = (long) (model.parameters() * format.bitsPerWeight() / 8);
    return new MemoryPlan(model.withWeightBytes(bytes), options, availableBytes);
  }

  private static String gibibytes(long bytes) {
    return String.format(Locale.ROOT, "%.2f GiB", bytes / (double) (1L << 30));
  }
}
