package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.live.AuthTokens;
import ai.pollux.server.live.LiveSessions;
import ai.pollux.server.live.LiveSetting;
import ai.pollux.server.store.FileLimits;
import ai.pollux.server.store.FileStore;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
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
  private final Access access;
  private final List<Resource> resources;
  private final LiveSessions live;
  private final Optional<TlsOptions.Files> certificate;
  private final WebServer server;

  /**
   * Starts to listen.
   *
   * @throws IllegalStateException if the port is taken
   */
  public GeminiServer(ServerOptions options) {
    this.options = options;
    access = new Access(options.apiKeys());
    FileStore store =
        new FileStore(
            options.dataFolder().resolve("files"), FileLimits.STANDARD, Clock.systemUTC());
    FilesHandler files = new FilesHandler(store);
    Bodies bodies = new Bodies(options.maxBodyBytes());
    AuthTokens tokens = new AuthTokens(Clock.systemUTC());
    live =
        new LiveSessions(
            new LiveSetting(
                name -> models.get().find(ApiPath.live(name)),
                files,
                Replies::error,
                tokens,
                options.live(),
                Clock.systemUTC()));
    resources =
        List.of(
            new FilesResource(files, new UploadHandler(store)),
            new ModelsResource(models, files, bodies),
            new AuthTokensResource(tokens, bodies));
    certificate = options.tls().map(tls -> tls.files().orElseGet(this::ownCertificate));
    LiveUpgrader webSockets =
        new LiveUpgrader(access, new Cors(options.corsOrigins()), tokens, live, options.live());
    try {
      server = Listeners.start(options, certificate, webSockets, this::route);
    } catch (RuntimeException e) {
      live.close();
      throw e;
    }
    Wire.prepare();
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
  }

  private void route(HttpRouting.Builder routing) {
    routing
        .addFilter(new Cors(options.corsOrigins()))
        .error(Throwable.class, Replies::error)
        .any(this::serve);
  }

  private void serve(ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    String path = request.path().path();
    Resource resource =
        resources.stream()
            .filter(candidate -> candidate.owns(path))
            .findFirst()
            .orElseThrow(() ->
                new ApiException(
                    ApiException.Status.NOT_FOUND,
                    "%s is not part of the API that this server speaks: /v1beta/models, /v1beta/files and what lies below."
                        .formatted(path)));
    if (!resource.isOpen(request)) {
      access.check(request);
    }
    resource.serve(request, response);
  }
}
