package ai.pollux.cli;

import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.ModelSource;
import ai.pollux.engine.EngineOptions;
import ai.pollux.model.loading.ModelSlice;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a model is run: what all commands that load one have in common. */
final class ModelFlags {
  @Mixin BackendFlags backend = new BackendFlags();

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "tokenizer.json, tokenizer.model or tok*.bin in place of the model's own.")
  @Nullable Path tokenizer;

  @Option(
      names = "--mmproj",
      paramLabel = "FILE",
      description =
          "A GGUF file of encoders for images and sounds (default: the one beside the model).")
  @Nullable Path projector;

  @Option(
      names = "--context",
      paramLabel = "N",
      description =
          "The most tokens of a prompt and its answer together (default: the model's own, at most 8192).")
  @Nullable Integer context;

  @Option(
      names = "--cache-tokens",
      paramLabel = "N",
      description =
          "Tokens of all requests that the key/value cache holds (default: two full contexts).")
  @Nullable Integer cacheTokens;

  @Option(
      names = "--cache-type",
      paramLabel = "TYPE",
      description =
          "How keys and values are kept: f32, f16 or bf16 (default: f32 for models of 32 bits, else f16).")
  @Nullable String cacheType;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "The most sequences in one step (default: 16).")
  @Nullable Integer parallel;

  @Option(
      names = "--no-prefix-reuse",
      fallbackValue = "true",
      description = "Compute every prompt from its start.")
  boolean noPrefixReuse;

  @Option(
      names = "--matformer",
      paramLabel = "SLICE",
      description =
          "Load a smaller model out of a Gemma 3n one: e2b, or widths of its feed-forward layers like 8192 or 8192x20,0x5,16384x10 (0 leaves a layer out).")
  @Nullable String slice;

  /**
   * Loads a model with a progress bar. The backend is closed by the caller, after the assistant.
   */
  Assistant open(Path model, Backend on) {
    return open(model, ModelSource.nameOf(model), on);
  }

  /** Loads a model that is called {@code name} from outside. */
  Assistant open(Path model, String name, Backend on) {
    ModelSource whole =
        new ModelSource(model, Optional.ofNullable(tokenizer), name, this::over, machineBytes())
            .sliced(slice == null ? ModelSlice.WHOLE : ModelSlice.parse(slice));
    ModelSource source = projector == null ? whole : whole.withProjector(projector);
    try (ProgressBar bar = new ProgressBar("loading")) {
      return Assistant.open(source, on, (weight, done, total) -> bar.update(done, total));
    }
  }

  private EngineOptions over(EngineOptions defaults) {
    EngineOptions options = defaults;
    if (context != null) {
      options = options.withContextLength(context).withCacheTokens(2 * context);
    }
    options = cacheTokens == null ? options : options.withCacheTokens(cacheTokens);
    options = cacheType == null ? options : options.withCacheFormat(cacheFormat(cacheType));
    options = parallel == null ? options : options.withMaxSequences(parallel);
    return options.withPrefixReuse(!noPrefixReuse);
  }

  private static BlockFormat cacheFormat(String name) {
    return Formats.named(name)
        .filter(format -> format.blockSize() == 1)
        .orElseThrow(() ->
            new IllegalArgumentException("--cache-type: expected f32, f16 or bf16, found " + name));
  }

  /** The memory of the machine, or of the container it is. */
  static long machineBytes() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
