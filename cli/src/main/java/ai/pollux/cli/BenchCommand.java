package ai.pollux.cli;

import ai.pollux.engine.Engine;
import ai.pollux.engine.EngineOptions;
import ai.pollux.engine.Event;
import ai.pollux.engine.Generation;
import ai.pollux.engine.GenerationRequest;
import ai.pollux.engine.GenerationStats;
import ai.pollux.engine.MemoryPlan;
import ai.pollux.model.LanguageModel;
import ai.pollux.model.ModelInfo;
import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.checkpoint.Checkpoints;
import ai.pollux.model.families.Models;
import ai.pollux.model.synthetic.ModelShape;
import ai.pollux.model.synthetic.ModelShape.Family;
import ai.pollux.model.synthetic.SyntheticModel;
import ai.pollux.model.synthetic.SyntheticProjector;
import ai.pollux.model.synthetic.SyntheticProjector.Towers;
import ai.pollux.tensor.Backend;
import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux bench}: how fast a model reads and writes on this machine. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures prefill (reading a prompt) and decode (writing one token after the other), in tokens per second, as medians.",
      "Through the engine, as a server runs it, one request at a time."
    },
    footer = {"", "Example: pollux bench --shape gemma3-1b --type q4_0 --threads 2 --json"})
final class BenchCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "A checkpoint; or:",
      converter = ModelPath.class)
  @Nullable Path model;

  @Option(
      names = "--shape",
      paramLabel = "NAME",
      description = "Random weights of a named shape, like gemma3-1b or llama3.2-1b.")
  @Nullable String shape;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "q4_0",
      description = "The type of random weights (default: ${DEFAULT-VALUE}).")
  String type = "q4_0";

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Keep the random weights in this GGUF file; used again where it is there. Of shapes that see and hear also mmproj-FILE beside it.")
  @Nullable Path save;

  @Option(
      names = "--prefill",
      paramLabel = "N",
      split = ",",
      defaultValue = "512,2048",
      description = "Lengths of prompts (default: ${DEFAULT-VALUE}).")
  List<Integer> prefill = List.of();

  @Option(
      names = "--decode",
      paramLabel = "N",
      split = ",",
      defaultValue = "128",
      description = "Tokens to write (default: ${DEFAULT-VALUE}).")
  List<Integer> decode = List.of();

  @Option(
      names = {"-r", "--repeat"},
      paramLabel = "N",
      defaultValue = "3",
      description = "Measurements of each; the median counts (default: ${DEFAULT-VALUE}).")
  int repeat;

  @Option(names = "--json", description = "One JSON object.")
  boolean json;

  @Mixin BackendFlags backendFlags = new BackendFlags();

  /** One row of the result. */
  record Measurement(String test, int tokens, double tokensPerSecond, List<Double> all) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    if ((model == null) == (shape == null)) {
      throw new IllegalArgumentException("expected either --model or --shape");
    }
    Path file = model != null ? model : synthetic();
    try {
      measure(file);
    } finally {
      if (model == null && save == null) {
        Files.deleteIfExists(file);
      }
    }
    return 0;
  }

  private void measure(Path file) throws InterruptedException {
    int longest = Math.max(max(prefill), max(decode)) + 2;
    Checkpoint checkpoint = Checkpoints.open(file);
    ModelInfo info = Models.inspect(checkpoint);
    EngineOptions options =
        EngineOptions.of(info)
            .withContextLength(longest)
            .withCacheTokens(longest)
            .withCacheFormat(Formats.F16)
            .withPrefixReuse(false);
    new MemoryPlan(info, options, ModelFlags.machineBytes()).require();
    try (Backend backend = backendFlags.open();
        LanguageModel loaded = load(checkpoint, backend);
        Engine engine = new Engine(loaded, backend, options)) {
      List<Measurement> rows = new ArrayList<>();
      warmUp(engine, info.vocabulary(), longest - 2);
      for (int tokens : prefill) {
        rows.add(median("prefill", tokens, () -> prefillSpeed(engine, info.vocabulary(), tokens)));
      }
      for (int tokens : decode) {
        rows.add(median("decode", tokens, () -> decodeSpeed(engine, info.vocabulary(), tokens)));
      }
      show(info, backend, rows);
      spec.commandLine().getOut().flush();
    }
  }

  private LanguageModel load(Checkpoint checkpoint, Backend backend) {
    try (ProgressBar bar = new ProgressBar("loading")) {
      return Models.load(checkpoint, backend, (weight, done, total) -> bar.update(done, total));
    }
  }

  private Path synthetic() throws IOException {
    ModelShape named =
        ModelShape.named(String.valueOf(shape))
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--shape: expected one of %s, found %s"
                        .formatted(
                            ModelShape.ALL.stream()
                                .map(ModelShape::name)
                                .collect(Collectors.joining(", ")),
                            shape)));
    BlockFormat format =
        Formats.named(type)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "--type: expected one of %s, found %s"
                        .formatted(
                            Formats.ALL.stream()
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", ")),
                            type)));
    Path file = save != null ? save : Files.createTempFile("pollux-bench", ".gguf");
    if (save == null || !Files.exists(file)) {
      try (ProgressBar bar = new ProgressBar("writing random weights")) {
        SyntheticModel.write(file, named, format, 1, bar::update);
      }
    }
    if (save != null && named.family() == Family.GEMMA4) {
      projector(named, file);
    }
    return file;
  }

  /** What sees and hears lies beside the decoder, where all commands find it. */
  private static void projector(ModelShape shape, Path decoder) {
    Path file = decoder.resolveSibling("mmproj-" + decoder.getFileName());
    if (!Files.exists(file)) {
      try (ProgressBar bar = new ProgressBar("writing a random projector")) {
        SyntheticProjector.write(file, shape, Towers.PUBLISHED, Formats.F16, 1, bar::update);
      }
    }
  }

  /** The JIT compiler needs a few rounds of every kernel before it is done. */
  private static void warmUp(Engine engine, int vocabulary, int most) throws InterruptedException {
    for (int round = 0; round < 2; round++) {
      prefillSpeed(engine, vocabulary, Math.min(most, 64 << round));
      decodeSpeed(engine, vocabulary, Math.min(most, 16));
    }
  }

  private static double prefillSpeed(Engine engine, int vocabulary, int tokens)
      throws InterruptedException {
    GenerationStats stats = run(engine, prompt(vocabulary, tokens), 1);
    return tokens / (stats.firstTokenNanos() / 1e9);
  }

  private static double decodeSpeed(Engine engine, int vocabulary, int tokens)
      throws InterruptedException {
    GenerationStats stats = run(engine, prompt(vocabulary, 1), tokens + 1);
    return tokens / ((stats.elapsedNanos() - stats.firstTokenNanos()) / 1e9);
  }

  private static GenerationStats run(Engine engine, int[] prompt, int tokens)
      throws InterruptedException {
    GenerationRequest request =
        GenerationRequest.of(prompt).withMaxTokens(tokens).withIgnoreStop(true);
    try (Generation generation = engine.submit(request)) {
      while (generation.hasNext()) {
        if (generation.next() instanceof Event.Failed failed) {
          throw new IllegalStateException(failed.message());
        }
      }
      return generation.stats();
    }
  }

  private static int[] prompt(int vocabulary, int tokens) {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    return random.ints(tokens, 0, vocabulary).toArray();
  }

  /** A measurement that may be interrupted. */
  @FunctionalInterface
  private interface Speed {
    double measure() throws InterruptedException;
  }

  private Measurement median(String test, int tokens, Speed speed) throws InterruptedException {
    double[] all = new double[repeat];
    for (int i = 0; i < repeat; i++) {
      all[i] = speed.measure();
    }
    List<Double> inOrder = Arrays.stream(all).boxed().toList();
    Arrays.sort(all);
    return new Measurement(test, tokens, all[repeat / 2], inOrder);
  }

  private void show(ModelInfo info, Backend backend, List<Measurement> rows) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("model", model != null ? model.toString() : shape + " " + type);
      report.put("architecture", info.architecture());
      report.put("parameters", info.parameters());
      report.put("weightBytes", info.weightBytes());
      report.put("backend", backend.name());
      report.put("threads", backendFlags.threads);
      report.put("results", rows);
      out.println(JsonMapper.shared().writeValueAsString(report));
      return;
    }
    out.printf(
        "%s, %s parameters, %s, backend %s, %d threads%n",
        info.architecture(),
        Units.count(info.parameters()),
        Units.bytes(info.weightBytes()),
        backend.name(),
        backendFlags.threads);
    out.println("| test | tokens/s | weights read |");
    out.println("| --- | ---: | ---: |");
    for (Measurement row : rows) {
      String read =
          row.test().equals("decode")
              ? String.format(
                  Locale.ROOT, "%.1f GB/s", row.tokensPerSecond() * info.weightBytes() / 1e9)
              : "";
      out.printf(
          Locale.ROOT,
          "| %s %d | %.2f | %s |%n",
          row.test(),
          row.tokens(),
          row.tokensPerSecond(),
          read);
    }
  }

  private static int max(List<Integer> numbers) {
    return numbers.stream().mapToInt(Integer::intValue).max().orElse(0);
  }
}
