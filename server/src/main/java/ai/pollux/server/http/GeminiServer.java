package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.state.ApiKey;
import ai.pollux.server.state.Database;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The Gemini API over HTTP. Listens from construction until it is closed, and answers 503 until
 * {@link #serve} has brought the models, so that it can start while they are loaded. The models are
 * closed by who opened them, after the server.
 */
public final class GeminiServer implements AutoCloseable {
  private final ServerOptions options;
  private final LoadedModels models = new LoadedModels();
  private final LateState state;
  private final Access access;
  private final Accounting accounting;
  private final BatchRunner batchRunner;
  private final List<Resource> resources;
  private final WebServer server;

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the port is taken
   */
  public GeminiServer(ServerOptions options) {
    this.options = options;
    state =
        new LateState(
            options
                .databaseUrl()
                .orElseGet(() -> Database.file(ServerOptions.databaseFile(options.dataFolder()))),
            options.databaseFile());
    requireKeysBeyondLoopback();
    access = new Access(options.apiKeys(), state);
    accounting = new Accounting(state);
    ProjectFiles files = new ProjectFiles(options.dataFolder());
    Bodies bodies = new Bodies(options.maxBodyBytes());
    CachedContents cached = new CachedContents(state);
    batchRunner = new BatchRunner(state, files, new BatchRows(models, files, cached));
    BatchesResource batches = new BatchesResource(state, files, batchRunner);
    resources =
        List.of(
            new FilesResource(files),
            new ModelsResource(models, files, cached, batches, bodies),
            new CachesResource(models, state, files, cached, bodies),
            batches,
            new OpenAiResource(
                new OpenAiHandler(models, files, bodies, Clock.systemUTC(), RandomIds::next)),
            new AdminResource(state, bodies));
    try {
      server = listen();
    } catch (RuntimeException e) {
      closeState();
      throw e;
    }
    Wire.prepare();
  }

  private WebServer listen() {
    WebServer started;
    try {
      started =
          WebServer.builder()
              .host(options.host())
              .port(options.port())
              .addConnectionSelector(new Connections())
              .connectionOptions(new PatientSockets(SocketOptions.create()))
              .routing(this::route)
              .build()
              .start();
    } catch (RuntimeException e) {
      throw new IllegalStateException(cannotListen(options, rootMessage(e)), e);
    }
    if (!started.isRunning()) { // How Helidon answers a port that is taken.
      throw new IllegalStateException(cannotListen(options, "the address is taken"));
    }
    return started;
  }

  private void closeState() {
    batchRunner.close();
    accounting.close();
    state.close();
  }

  /**
   * Nobody else may call without a key.
   *
   * @throws IllegalArgumentException if others can reach it and no key is set
   */
  private void requireKeysBeyondLoopback() {
    if (!options.isLoopback() && options.apiKeys().isEmpty() && !state.require().keys().any()) {
      state.close();
      throw new IllegalArgumentException(
          "host %s can be reached from other machines, and no API key is set. Make one (pollux keys create), set one (--api-key or POLLUX_API_KEY), or listen on 127.0.0.1."
              .formatted(options.host()));
    }
  }

  /**
   * Waits until its database is open.
   *
   * @throws ai.pollux.server.state.StateException if it cannot be used
   */
  public void requireState() {
    state.require();
  }

  /** Answers with these models from now on. */
  public void serve(ModelRegistry loaded) {
    models.set(loaded);
  }

  private static String cannotListen(ServerOptions options, String why) {
    return "cannot listen on %s port %d: %s. Is another server running there? Choose another with --port, or 0 for any free one"
        .formatted(options.host(), options.port(), why);
  }

  /** Where it listens, without a path: what SDKs take as their base URL. */
  public URI url() {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return URI.create("http://" + host + ":" + server.port());
  }

  /** Stops to listen and ends open connections. */
  @Override
  public void close() {
    server.stop();
    closeState();
  }

  private void route(HttpRouting.Builder routing) {
    routing
        .addFilter(new Cors(options.corsOrigins()))
        .error(Throwable.class, this::fail)
        .any(this::serve);
  }

  private void serve(ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    Resource resource =
        owner(request)
            .orElseThrow(() ->
                new ApiException(
                    ApiException.Status.NOT_FOUND,
                    "%s is not part of the API that this server speaks: models, files, cachedContents, batches and openai below /v1beta, and what lies below them."
                        .formatted(request.path().path())));
    Instant began = Instant.now();
    Spent spent = Spent.begin(request);
    Caller caller =
        resource.isOpen(request) ? Caller.NOBODY : access.check(request, resource.least(request));
    caller.register(request);
    int status = 500;
    try {
      answer(resource, caller, spent, request, response);
      status = response.status().code();
    } catch (RuntimeException e) {
      status = Replies.status(e);
      throw e;
    } finally {
      accounting.log(request, caller, spent, began, status);
    }
  }

  private void answer(
      Resource resource, Caller caller, Spent spent, ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    if (resource.isAudited() && !caller.equals(Caller.NOBODY)) {
      accounting.audit(request, caller, "begun");
    }
    Optional<ApiKey> metered = caller.key().filter(_ -> resource.isMetered(request));
    metered.ifPresent(accounting::begin);
    try {
      resource.serve(request, response);
    } finally {
      metered.ifPresent(key -> accounting.end(key, spent));
    }
  }

  private void fail(ServerRequest request, ServerResponse response, Throwable failure) {
    owner(request)
        .ifPresentOrElse(
            resource -> resource.fail(request, response, failure),
            () -> Replies.error(request, response, failure));
  }

  private Optional<Resource> owner(ServerRequest request) {
    String path = request.path().path();
    return resources.stream().filter(candidate -> candidate.owns(path)).findFirst();
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
