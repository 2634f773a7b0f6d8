package ai.pollux.cli;

import ai.pollux.assistant.Assistant;
import ai.pollux.eval.Benchmark;
import ai.pollux.eval.Benchmarks;
import ai.pollux.eval.Evaluation;
import ai.pollux.eval.GeminiClient;
import ai.pollux.eval.Report;
import ai.pollux.eval.ReportText;
import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.ModelRegistry;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.server.telemetry.TelemetryOptions;
import ai.pollux.tensor.Backend;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux evaluate}: a benchmark, asked over the Gemini API. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Measures a model with a benchmark: serves it on a free port, or asks a server that runs.",
    footer = {
      "",
      "Example: pollux evaluate world --json",
      "         pollux evaluate mnist --model MODEL --data ../shared/data --json",
      "         pollux evaluate world --url http://127.0.0.1:8080 --limit 100"
    })
final class EvaluateCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "BENCHMARK", description = "${COMPLETION-CANDIDATES}.")
  Benchmarks benchmark = Benchmarks.world;

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "What to measure (default: pollux-nano, which comes with Pollux).",
      converter = ModelPath.class)
  @Nullable Path model;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A server that speaks the Gemini API, in place of --model.")
  @Nullable URI url;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "gemini-pro",
      description = "What that server calls its model (default: ${DEFAULT-VALUE}).")
  String name = "gemini-pro";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      defaultValue = "../shared/data",
      description = "The folder of public data (default: ${DEFAULT-VALUE}).")
  Path data = Path.of("");

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "The most questions (default: all there are; 100 of each task of the world).")
  int limit = Integer.MAX_VALUE;

  @Option(
      names = "--most-tokens",
      paramLabel = "N",
      defaultValue = "128",
      description = "Of an answer (default: ${DEFAULT-VALUE}).")
  int mostTokens;

  @Option(
      names = "--mistakes",
      paramLabel = "FILE",
      description = "Writes wrong answers to a file, a JSON line each.")
  @Nullable Path mistakes;

  @Option(names = "--json", description = "Print the report as JSON.")
  boolean json;

  @Mixin ModelFlags flags = new ModelFlags();

  @Override
  public Integer call() throws InterruptedException, IOException {
    Report report = report();
    if (mistakes != null) {
      List<String> lines =
          report.mistakes().stream().map(JsonMapper.shared()::writeValueAsString).toList();
      Files.write(mistakes, lines);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json() + "\n" : ReportText.of(report));
    out.flush();
    return 0;
  }

  private Report report() throws InterruptedException, IOException {
    if (url == null) {
      return serveAndAsk(benchmark.open(data), ModelPath.orBundled(spec, model));
    }
    if (model == null) {
      return ask(benchmark.open(data), url, name);
    }
    throw new ParameterException(spec.commandLine(), "expected --model or --url, found both");
  }

  private Report serveAndAsk(Benchmark questions, Path path)
      throws InterruptedException, IOException {
    Path files = Files.createTempDirectory("pollux-evaluate");
    ServerOptions options = ServerOptions.local(0, files);
    try (StartingServer starting = new StartingServer(options, TelemetryOptions.QUIET);
        Backend backend = flags.backend.open();
        Assistant assistant = flags.open(path, backend);
        GeminiServer server = starting.await()) {
      server.serve(new ModelRegistry(List.of(assistant)));
      return ask(questions, server.url(), assistant.name());
    } finally {
      Folders.delete(files);
    }
  }

  private Report ask(Benchmark questions, URI base, String called) throws InterruptedException {
    Optional<String> key = Optional.ofNullable(System.getenv("GEMINI_API_KEY"));
    try (GeminiClient client = new GeminiClient(base, called, key);
        ProgressBar bar = new ProgressBar(questions.name())) {
      return new Evaluation(client, called, 16, mostTokens)
          .run(
              questions,
              limit,
              (done, right, all) -> bar.count(done, all, "questions", right + " right"));
    }
  }
}
