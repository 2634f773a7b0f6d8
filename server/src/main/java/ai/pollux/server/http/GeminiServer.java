package ai.pollux.server.http;

import ai.pollux.server.gemini.Wire;
import ai.pollux.server.live.AuthTokens;
import ai.pollux.server.live.LiveSessions;
import ai.pollux.server.live.LiveSetting;
import ai.pollux.server.openapi.Endpoints;
import ai.pollux.server.state.Database;
import ai.pollux.server.telemetry.Telemetry;
import ai.pollux.server.telemetry.TelemetryOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * The Gemini API over HTTP. Listens from construction until it is closed, and answers 503 until
 * {@link #serve} has brought the models, so that it can start while they are loaded. The models are
 * closed by who opened them, after the server.
 */
public final class GeminiServer implements AutoCloseable {
  private final ServerOptions options;
  private final LoadedModels models = new LoadedModels();
  private final Gate gate = new Gate();
  private final Telemetry telemetry;
  private final LateState state;
  private final Accounting accounting;
  private final BatchRunner batchRunner;
  private final ImportRunner importRunner;
  private final Cors cors;
  private final InteractionRunner interactionRunner;
  private final Dispatcher dispatcher;
  private final LiveSessions live;
  private final Optional<TlsOptions.Files> certificate;
  private final Endpoints endpoints;
  private final WebServer server;

  /** Held because java.util.logging forgets the level of a logger that nobody holds. */
  private final Logger helidon = Logger.getLogger("io.helidon");

  private final Logger start = Logger.getLogger("io.helidon.webserver.LoomServer");

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the port is taken
   */
  public GeminiServer(ServerOptions options) {
    this(options, Interceptor.NONE, TelemetryOptions.QUIET);
  }

  /** The same; {@code interceptor} sees every request before the API does. */
  public GeminiServer(ServerOptions options, Interceptor interceptor) {
    this(options, interceptor, TelemetryOptions.QUIET);
  }

  /**
   * Starts to listen.
   *
   * @param interceptor sees every request before the API does
   * @param told what the server tells of itself
   * @throws IllegalStateException if the port is taken
   */
  public GeminiServer(ServerOptions options, Interceptor interceptor, TelemetryOptions told) {
    this.options = options;
    state =
        new LateState(
            options
                .databaseUrl()
                .orElseGet(() -> Database.file(ServerOptions.databaseFile(options.dataFolder()))),
            options.databaseFile(),
            options.requestLog());
    requireKeysBeyondLoopback();
    telemetry = new Telemetry(told);
    Access access = new Access(options.apiKeys(), state);
    cors = new Cors(options.corsOrigins());
    accounting = new Accounting(state);
    ProjectFiles files = new ProjectFiles(options.dataFolder());
    Bodies bodies = new Bodies(options.maxBodyBytes());
    CachedContents cached = new CachedContents(state);
    ProjectSearch stores = new ProjectSearch(options.dataFolder());
    StoreVectors vectors = new StoreVectors(models);
    FileSearchTool search = new FileSearchTool(stores, vectors);
    importRunner = new ImportRunner(stores, vectors);
    batchRunner = new BatchRunner(state, files, new BatchRows(models, files, cached, search));
    BatchesResource batches = new BatchesResource(state, files, batchRunner);
    KeptInteractions interactions = new KeptInteractions(state, models, files);
    interactionRunner = new InteractionRunner(state, interactions, Clock.systemUTC());
    AuthTokens tokens = new AuthTokens(Clock.systemUTC());
    LiveCallers callers = new LiveCallers(files, accounting);
    live =
        new LiveSessions(
            new LiveSetting(
                name -> models.get().find(ApiPath.live(name)),
                Replies::error,
                tokens,
                options.live(),
                Clock.systemUTC()));
    List<Resource> parts =
        List.of(
            new FilesResource(files, bodies, telemetry),
            new ModelsResource(models, files, cached, search, batches, bodies),
            new CachesResource(models, state, files, cached, bodies),
            batches,
            new FileSearchResource(stores, files, vectors, importRunner, bodies, telemetry),
            new OpenAiResource(
                new OpenAiHandler(
                    models, files, cached, bodies, Clock.systemUTC(), RandomIds::next)),
            new InteractionsResource(interactions, interactionRunner, bodies, Clock.systemUTC()),
            new AuthTokensResource(tokens, callers, bodies),
            new AdminResource(state, bodies),
            new HealthResource(models, gate),
            new MetricsResource(telemetry));
    OpenApiResource description = new OpenApiResource(parts);
    endpoints = description.all();
    dispatcher =
        new Dispatcher(
            Stream.concat(parts.stream(), Stream.of(description)).toList(),
            access,
            new ForeignPages(cors),
            accounting,
            new Interception(interceptor, bodies),
            gate);
    quietHelidon();
    certificate = options.tls().map(tls -> tls.files().orElseGet(this::ownCertificate));
    LiveUpgrader webSockets = new LiveUpgrader(access, cors, tokens, live, options.live(), callers);
    try {
      server = Listeners.start(options, certificate, webSockets, this::route);
    } catch (RuntimeException e) {
      live.close();
      closeState();
      throw e;
    }
    Wire.prepare();
  }

  private void closeState() {
    batchRunner.close();
    importRunner.close();
    interactionRunner.close();
    accounting.close();
    state.close();
    telemetry.close();
  }

  /**
   * Helidon tells of its start over java.util.logging, and of a failed one with a stack trace; our
   * own exception says it.
   */
  private void quietHelidon() {
    start.setLevel(Level.OFF);
    helidon.setLevel(Level.WARNING);
  }

  /**
   * Nobody else may call without a key.
   *
   * @throws IllegalArgumentException if others can reach it and no key is set
   */
  private void requireKeysBeyondLoopback() {
    if (options.isLoopback() || !options.apiKeys().isEmpty() || hasKeys()) {
      return;
    }
    state.close();
    throw new IllegalArgumentException(
        "host %s can be reached from other machines, and no API key is set. Make one (pollux keys create), set one (--api-key or POLLUX_API_KEY), or listen on 127.0.0.1."
            .formatted(options.host()));
  }

  private boolean hasKeys() {
    try {
      return state.require().keys().any();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while its database was opened", e);
    }
  }

  /**
   * Waits until its database is open.
   *
   * @throws ai.pollux.server.state.StateException if it cannot be used
   */
  public void requireState() throws InterruptedException {
    state.require();
  }

  /** Answers with these models from now on. */
  public void serve(ModelRegistry loaded) {
    telemetry.serves(loaded.assistants());
    models.set(loaded);
  }

  /**
   * Takes no new requests from now on: they get 503, and {@code /readyz} says so too.
   *
   * @return how many are running
   */
  public int stopTaking() {
    return gate.close();
  }

  /**
   * Waits for the requests that run, after {@link #stopTaking}. Answers that are not finished in
   * time are cut short.
   *
   * @return how many were
   */
  public int drain(Duration patience) throws InterruptedException {
    return gate.drain(patience);
  }

  /** Where it listens, without a path: what SDKs take as their base URL. */
  public URI url() {
    return url("http", server.port());
  }

  /** Where it listens for HTTPS, if it does. */
  public Optional<URI> tlsUrl() {
    return options.tls().map(tls -> url("https", server.port(Listeners.TLS)));
  }

  /** The certificate of the port for HTTPS, if there is one: a PEM file that clients may trust. */
  public Optional<Path> certificate() {
    return certificate.map(files -> files.certificate().toAbsolutePath());
  }

  /** For programs in Java, a store of the certificate that the server made itself, if it did. */
  public Optional<Path> ownTrustStore() {
    return options
        .tls()
        .filter(tls -> tls.files().isEmpty())
        .map(tls -> own().trust().toAbsolutePath());
  }

  private OwnCertificate own() {
    return new OwnCertificate(options.dataFolder().resolve("tls"));
  }

  private URI url(String scheme, int port) {
    String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
    return URI.create(scheme + "://" + host + ":" + port);
  }

  private TlsOptions.Files ownCertificate() {
    return own().files(options.host(), Clock.systemUTC().instant());
  }

  /** Stops to listen and ends open connections. */
  @Override
  public void close() {
    live.close();
    server.stop();
    closeState();
  }

  private void route(HttpRouting.Builder routing) {
    routing
        .addFilter(new Watch(telemetry, endpoints))
        .addFilter(new Framing())
        .addFilter(cors)
        .error(Throwable.class, dispatcher::fail)
        .any(dispatcher::serve);
  }
}
