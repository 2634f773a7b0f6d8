package ai.pollux.server.http;

import ai.pollux.assistant.Assistant;
import ai.pollux.assistant.PromptTokens;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.CountTokensRequest;
import ai.pollux.server.gemini.CountTokensResponse;
import ai.pollux.server.gemini.GenerateContentRequest;
import ai.pollux.server.gemini.Model;
import ai.pollux.server.gemini.RequestMapping;
import ai.pollux.server.gemini.UsageMetadata.ModalityTokenCount;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.store.FileLimits;
import ai.pollux.server.store.FileStore;
import io.helidon.common.socket.SocketOptions;
import io.helidon.http.Method;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The Gemini API over HTTP. Listens from construction until it is closed, and answers 503 until
 * {@link #serve} has brought the models, so that it can start while they are loaded. The models are
 * closed by who opened them, after the server.
 */
public final class GeminiServer implements AutoCloseable {
  private static final int DEFAULT_PAGE = 50;
  private static final int LARGEST_PAGE = 1000;

  private final ServerOptions options;
  private final AtomicReference<@Nullable ModelRegistry> models = new AtomicReference<>();
  private final Access access;
  private final FilesHandler files;
  private final UploadHandler uploads;
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
    files = new FilesHandler(store);
    uploads = new UploadHandler(store);
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
    String raw = request.path().path();
    Optional<FilesPath> filesPath = FilesPath.parse(raw);
    if (filesPath.isPresent()) {
      serveFiles(filesPath.get(), request, response);
      return;
    }
    ApiPath path =
        ApiPath.parse(raw)
            .orElseThrow(() ->
                new ApiException(
                    ApiException.Status.NOT_FOUND,
                    "%s is not part of the API that this server speaks: /v1beta/models, /v1beta/files and what lies below."
                        .formatted(raw)));
    access.check(request);
    Method method = request.prologue().method();
    if (path.method().isEmpty() && method.equals(Method.GET)) {
      describe(path, request, response);
    } else if (!path.method().isEmpty() && method.equals(Method.POST)) {
      call(path, request, response);
    } else {
      throw new ApiException(
          ApiException.Status.NOT_FOUND,
          "No method is called by %s %s.".formatted(method.text(), raw));
    }
  }

  private void serveFiles(FilesPath path, ServerRequest request, ServerResponse response)
      throws IOException {
    boolean isUpload =
        path.kind() == FilesPath.Kind.UPLOAD && request.prologue().method().equals(Method.POST);
    if (!isUpload || !UploadHandler.isContinued(request)) {
      access.check(request);
    }
    if (isUpload) {
      uploads.serve(path, request, response);
    } else {
      files.serve(path, request, response);
    }
  }

  private void describe(ApiPath path, ServerRequest request, ServerResponse response) {
    ModelRegistry loaded = loaded();
    Object message =
        path.model().isEmpty()
            ? page(loaded, request)
            : ModelRegistry.describe(loaded.find(path), path.model());
    Replies.json(request, response, message);
  }

  private void call(ApiPath path, ServerRequest request, ServerResponse response)
      throws InterruptedException, IOException {
    Assistant assistant = loaded().find(path);
    switch (path.method()) {
      case "generateContent" ->
          GenerateHandler.whole(
              assistant,
              Wire.read(body(request), GenerateContentRequest.class),
              files,
              request,
              response);
      case "streamGenerateContent" ->
          GenerateHandler.streamed(
              assistant,
              Wire.read(body(request), GenerateContentRequest.class),
              files,
              request,
              response);
      case "countTokens" -> {
        PromptTokens tokens =
            assistant.countTokens(
                RequestMapping.prompt(Wire.read(body(request), CountTokensRequest.class), files));
        Replies.json(
            request,
            response,
            new CountTokensResponse(tokens.total(), ModalityTokenCount.of(tokens)));
      }
      default ->
          throw new ApiException(
              ApiException.Status.NOT_FOUND,
              "models/%s is not supported for %s. Call ListModels to see the supported methods."
                  .formatted(path.model(), path.method()));
    }
  }

  private ModelRegistry loaded() {
    ModelRegistry loaded = models.get();
    if (loaded == null) {
      throw new ApiException(
          ApiException.Status.UNAVAILABLE,
          "The model is still being loaded. Please try again in a moment.");
    }
    return loaded;
  }

  private static Model.Page page(ModelRegistry loaded, ServerRequest request) {
    List<Model> all = loaded.describe();
    int size = Math.min(LARGEST_PAGE, Queries.number(request, "pageSize", DEFAULT_PAGE));
    int from = Math.min(all.size(), Queries.number(request, "pageToken", 0));
    int to = Math.min(all.size(), from + (size == 0 ? DEFAULT_PAGE : size));
    return new Model.Page(all.subList(from, to), to < all.size() ? Integer.toString(to) : null);
  }

  private byte[] body(ServerRequest request) throws IOException {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    try (InputStream in = request.content().inputStream()) {
      byte[] body =
          in.readNBytes((int) Math.min(Integer.MAX_VALUE - 8, options.maxBodyBytes() + 1));
      if (body.length > options.maxBodyBytes()) {
        throw new ApiException(
            ApiException.Status.INVALID_ARGUMENT,
            "Request payload size exceeds the limit: %d bytes.".formatted(options.maxBodyBytes()));
      }
      return body;
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
