package ai.pollux.cli;

import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.ModelSource;
import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.ModelRegistry;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.tensor.Backend;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
      "Example: pollux serve",
      "         pollux serve --model gemma-3-1b-it-q4_0.gguf --port 8080"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MOST_SECONDS_TO_CLOSE = 4;

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
      defaultValue = "${env:POLLUX_API_KEY}",
      description =
          "A key that requests may carry, with all rights; see also pollux keys. Also from POLLUX_API_KEY.")
  List<String> apiKeys = List.of();

  @Option(
      names = "--cors-origin",
      paramLabel = "ORIGIN",
      split = ",",
      description = "Web pages that may call, * for all; pages from this machine always may.")
  List<String> corsOrigins = List.of();

  @Mixin StateFlags state = new StateFlags();

  @Mixin TlsFlags tls = new TlsFlags();

  @Mixin ModelFlags flags = new ModelFlags();

  @Override
  public Integer call() throws InterruptedException {
    ServerOptions options =
        tls.applyTo(
            spec,
            ServerOptions.local(port, state.data)
                .withHost(host)
                .withApiKeys(keys())
                .withCorsOrigins(corsOrigins)
                .withDatabase(state.url()));
    Path served = ModelPath.orBundled(spec, model);
    String called = name == null ? ModelSource.nameOf(served) : name;
    CountDownLatch isTold = new CountDownLatch(1);
    CountDownLatch isClosed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endInOrder(isTold, isClosed)));
    try (StartingServer starting = new StartingServer(options);
        Backend backend = flags.backend.open();
        Assistant assistant = flags.open(served, called, backend);
        GeminiServer server = starting.await()) {
      server.serve(new ModelRegistry(List.of(assistant)));
      out().println("Pollux serves " + assistant.name() + " at " + server.url());
      TlsFlags.describe(server).forEach(out()::println);
      out().flush();
      server.requireState();
      isTold.await();
    } finally {
      isClosed.countDown();
    }
    return 0;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private List<String> keys() {
    return apiKeys.stream()
        .filter(key -> !key.isBlank() && !key.equals("${env:POLLUX_API_KEY}"))
        .toList();
  }

  /**
   * Tells the command to end and waits until it has closed everything. Not until its thread ends:
   * that thread goes on to {@link System#exit}, which waits for this hook.
   */
  private static void endInOrder(CountDownLatch isTold, CountDownLatch isClosed) {
    isTold.countDown();
    try {
      isClosed.await(MOST_SECONDS_TO_CLOSE, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
