package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.store.FileLimits;
import ai.pollux.server.store.FileStore;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;

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
    resources =
        List.of(
            new FilesResource(files, new UploadHandler(store)),
            new ModelsResource(models, files, bodies));
    try {
      server =
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
    if (!server.isRunning()) { // How Helidon answers a port that is taken.
      throw new IllegalStateException(cannotListen(options, "the address is taken"));
    }
    Wire.prepare();
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

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
