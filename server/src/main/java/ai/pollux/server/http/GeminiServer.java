package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.live.AuthTokens;
import ai.pollux.server.live.LiveSessions;
import ai.pollux.server.live.LiveSetting;
import ai.pollux.server.state.ApiKey;
import ai.pollux.server.state.Database;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
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
  private final InteractionRunner interactionRunner;
  private final List<Resource> resources;
  private final LiveSessions live;
  private final Optional<TlsOptions.Files> certificate;
  private final Interception interception;
  private final WebServer server;

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the port is taken
   */
  public GeminiServer(ServerOptions options) {
    this(options, Interceptor.NONE);
  }

  /**
   * Starts to listen; {@code interceptor} sees every request before the API does.
   *
   * @throws IllegalStateException if the port is taken
   */
  public GeminiServer(ServerOptions options, Interceptor interceptor) {
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
    interception = new Interception(interceptor, bodies);
    CachedContents cached = new CachedContents(state);
    batchRunner = new BatchRunner(state, files, new BatchRows(models, files, cached));
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
    resources =
        List.of(
            new FilesResource(files),
            new ModelsResource(models, files, cached, batches, bodies),
            new CachesResource(models, state, files, cached, bodies),
            batches,
            new OpenAiResource(
                new OpenAiHandler(models, files, bodies, Clock.systemUTC(), RandomIds::next)),
            new InteractionsResource(interactions, interactionRunner, bodies, Clock.systemUTC()),
            new AuthTokensResource(tokens, callers, bodies),
            new AdminResource(state, bodies));
    certificate = options.tls().map(tls -> tls.files().orElseGet(this::ownCertificate));
    LiveUpgrader webSockets =
        new LiveUpgrader(
            access, new Cors(options.corsOrigins()), tokens, live, options.live(), callers);
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
    interactionRunner.close();
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
                    "%s is not part of the API that this server speaks: models, files, cachedContents, batches, interactions and openai below /v1beta, and what lies below them."
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
      interception.serve(resource, request, response);
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
}
