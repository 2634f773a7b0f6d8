package ai.pollux.cli;

import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.ModelSource;
import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.ModelRegistry;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.server.telemetry.TelemetryOptions;
import ai.pollux.server.telemetry.TraceExport;
import ai.pollux.tensor.Backend;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pollux serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Serves a model over the Gemini API. Prints one line with its URL when it is ready.",
    footer = {
      "",
      "Any model name that starts with gemini- means the loaded model.",
      "Every flag may also be set by the environment or a file: pollux config --explain.",
      "Example: pollux serve",
      "         pollux serve --model gemma-3-1b-it-q4_0.gguf --port 8080"
    })
final class ServeCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-m", "--model"},
      paramLabel = "MODEL",
      description = "What to serve (default: pollux-nano, which comes with Pollux).",
      converter = ModelPath.class)
  @Nullable Path model;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What clients call it (default: the file's name).")
  @Nullable String name;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description = "Where to listen (default: ${DEFAULT-VALUE}).")
  String host = "127.0.0.1";

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      defaultValue = "8080",
      description = "0 for any free port (default: ${DEFAULT-VALUE}).")
  int port;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      split = ",",
      description =
          "A key that requests may carry, with all rights; see also pollux keys. Better set as POLLUX_API_KEY: others see flags.")
  List<String> apiKeys = List.of();

  @Option(
      names = "--cors-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description = "Web pages that may call, * for all; pages from this machine always may.")
  List<String> corsOrigins = List.of();

  @Mixin StateFlags state = new StateFlags();

  @Mixin TlsFlags tls = new TlsFlags();

  @Mixin OperationFlags operation = new OperationFlags();

  @Mixin ModelFlags flags = new ModelFlags();

  private final Settings settings;

  /** With what environment and file say of flags that are not given. */
  ServeCommand(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Integer call() {
    settings.require(spec);
    operation.startLog();
    Ending ending = new Ending(operation.drain());
    ending.onSigterm();
    try (TraceExport traces = TraceExport.of(System.getenv())) {
      serve(ending, operation.telemetry(traces.openTelemetry()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // Who runs serve inside a program has ended it.
    } finally {
      ending.isDone();
    }
    return 0;
  }

  private void serve(Ending ending, TelemetryOptions told) throws InterruptedException {
    ServerOptions options =
        tls.applyTo(
            spec,
            ServerOptions.local(port, state.data)
                .withHost(host)
                .withApiKeys(keys())
                .withCorsOrigins(corsOrigins)
                .withDatabase(state.url())
                .withRequestLog(operation.requestLog()));
    Path served = ModelPath.orBundled(spec, model);
    String called = name == null ? ModelSource.nameOf(served) : name;
    try (StartingServer starting = new StartingServer(options, told);
        Backend backend = flags.backend.open();
        Assistant assistant = flags.open(served, called, backend);
        GeminiServer server = starting.await()) {
      server.serve(new ModelRegistry(List.of(assistant)));
      out().println("Pollux serves " + assistant.name() + " at " + server.url());
      TlsFlags.describe(server).forEach(out()::println);
      out().flush();
      server.requireState();
      ending.await();
      ending.drain(server);
    }
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private List<String> keys() {
    return apiKeys.stream().filter(key -> !key.isBlank()).toList();
  }
}
