package ai.pollux.server.http;

import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.Wire;
import ai.pollux.server.store.FileStore;
import ai.pollux.server.store.UploadDraft;
import ai.pollux.server.telemetry.Telemetry;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Uploads by Google's protocols: resumable (start, then bytes with an offset, then finalize),
 * multipart (a description and the bytes in one body) and raw (bytes alone). What they are for says
 * an {@link UploadTarget}.
 */
final class UploadHandler {
  private static final HeaderName PROTOCOL = HeaderNames.create("x-goog-upload-protocol");
  private static final HeaderName COMMAND = HeaderNames.create("x-goog-upload-command");
  private static final HeaderName OFFSET = HeaderNames.create("x-goog-upload-offset");
  private static final HeaderName LENGTH =
      HeaderNames.create("x-goog-upload-header-content-length");
  private static final HeaderName TYPE = HeaderNames.create("x-goog-upload-header-content-type");
  private static final HeaderName NAME = HeaderNames.create("x-goog-upload-file-name");
  private static final HeaderName STATUS = HeaderNames.create("x-goog-upload-status");
  private static final HeaderName RECEIVED = HeaderNames.create("x-goog-upload-size-received");
  private static final HeaderName URL = HeaderNames.create("x-goog-upload-url");
  private static final HeaderName CONTROL_URL = HeaderNames.create("x-goog-upload-control-url");
  private static final HeaderName GRANULARITY =
      HeaderNames.create("x-goog-upload-chunk-granularity");
  private static final String UNKNOWN_TYPE = "application/octet-stream";
  private static final int LARGEST_DESCRIPTION = 1 << 20;

  private final FileStore store;
  private final Bodies bodies;
  private final Telemetry telemetry;
  private final String project;
  private final UploadTarget target;

  /** Those of a project; {@code bodies} bounds uploads that are held in memory. */
  UploadHandler(
      ProjectFiles files, Bodies bodies, String project, Telemetry telemetry, UploadTarget target) {
    this.bodies = bodies;
    this.project = project;
    this.telemetry = telemetry;
    this.target = target;
    store = files.store(project);
  }

  /** Whether the address itself says which upload it is for: it is as good as a key. */
  static boolean isContinued(ServerRequest request) {
    return token(request).isPresent();
  }

  void serve(ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    Optional<String> token = token(request);
    String protocol = request.headers().first(PROTOCOL).orElse("");
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    if (token.isPresent()) {
      proceed(token.get(), request, response);
    } else if (protocol.equals("resumable") || isAsked(request, "uploadType", "resumable")) {
      begin(request, response);
    } else if (protocol.equals("multipart") || type.startsWith("multipart/related")) {
      byte[] body = bodies.read(request);
      RelatedParts parts = RelatedParts.of(type, body);
      UploadDraft draft =
          draft(request, parts.description(), parts.mediaType(), parts.media().length);
      whole(draft, new ByteArrayInputStream(parts.media()), request, response);
    } else {
      whole(draft(request, new byte[0], type, -1), body(request), request, response);
    }
  }

  private void begin(ServerRequest request, ServerResponse response) throws IOException {
    byte[] body = body(request).readNBytes(LARGEST_DESCRIPTION);
    String type = request.headers().first(TYPE).orElse("");
    String length = request.headers().first(LENGTH).orElse("");
    String upload = store.begin(draft(request, body, type, length.isEmpty() ? -1 : bytes(length)));
    String url =
        "%s%s?upload_id=%s&upload_protocol=resumable&project=%s"
            .formatted(Queries.origin(request), target.path(), upload, project);
    response.header(URL, url);
    response.header(CONTROL_URL, url);
    response.header(GRANULARITY, Integer.toString(8 << 20));
    response.header(STATUS, "active");
    response.send();
  }

  private void proceed(String token, ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    List<String> commands =
        Arrays.stream(request.headers().first(COMMAND).orElse("").split(","))
            .map(String::strip)
            .toList();
    if (commands.contains("cancel")) {
      store.cancel(token);
      response.header(STATUS, "cancelled");
      response.send();
      return;
    }
    long received = store.received(token);
    if (commands.contains("upload")) {
      String offset = request.headers().first(OFFSET).orElse("0");
      received = store.append(token, bytes(offset), body(request));
    }
    response.header(RECEIVED, Long.toString(received));
    if (commands.contains("finalize")) {
      finish(token, request, response);
    } else {
      response.header(STATUS, "active");
      response.send();
    }
  }

  private void whole(
      UploadDraft draft, InputStream bytes, ServerRequest request, ServerResponse response)
      throws IOException, InterruptedException {
    String token = store.begin(draft);
    try {
      store.append(token, 0, bytes);
      finish(token, request, response);
    } finally {
      store.cancel(token);
    }
  }

  private void finish(String token, ServerRequest request, ServerResponse response)
      throws InterruptedException {
    long bytes = store.received(token);
    Object made = target.finish(store, token, request);
    telemetry.uploaded(bytes);
    response.header(STATUS, "final");
    response.header(HeaderNames.CONTENT_TYPE, Replies.JSON);
    response.send(Wire.write(made));
  }

  private UploadDraft draft(ServerRequest request, byte[] description, String type, long bytes) {
    String name = request.headers().first(NAME).orElse("");
    UploadDraft draft = target.draft(description, type, name, bytes);
    return draft.mimeType().isEmpty()
        ? new UploadDraft(draft.id(), draft.displayName(), UNKNOWN_TYPE, bytes, draft.purpose())
        : draft;
  }

  private static InputStream body(ServerRequest request) {
    return request.content().hasEntity()
        ? request.content().inputStream()
        : InputStream.nullInputStream();
  }

  private static Optional<String> token(ServerRequest request) {
    return request.query().first("upload_id").asOptional();
  }

  private static boolean isAsked(ServerRequest request, String parameter, String value) {
    return request.query().first(parameter).asOptional().filter(value::equals).isPresent();
  }

  private static long bytes(String text) {
    try {
      return Long.parseUnsignedLong(text.strip());
    } catch (NumberFormatException e) {
      throw ApiException.invalid(
          "upload", "Upload: expected a number of bytes, found \"%s\".".formatted(text));
    }
  }
}
