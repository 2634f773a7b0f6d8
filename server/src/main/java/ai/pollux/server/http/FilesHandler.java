package ai.pollux.server.http;

import ai.pollux.content.Media;
import ai.pollux.server.gemini.ApiException;
import ai.pollux.server.gemini.FileOpener;
import ai.pollux.server.gemini.FileResource;
import ai.pollux.server.store.FileStore;
import ai.pollux.server.store.StoredFile;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Uploaded files: described, listed, deleted, sent back, and opened for prompts. */
final class FilesHandler implements FileOpener {
  private static final int DEFAULT_PAGE = 10;
  private static final int LARGEST_PAGE = 100;

  /** The most bytes of one file in a prompt: they are held in memory. */
  private static final long LARGEST_IN_PROMPT = 1L << 30;

  private final FileStore store;

  FilesHandler(FileStore store) {
    this.store = store;
  }

  void serve(FilesPath path, ServerRequest request, ServerResponse response) throws IOException {
    Method method = request.prologue().method();
    if (method.equals(Method.GET) && path.kind() == FilesPath.Kind.DOWNLOAD) {
      download(path, response);
    } else if (method.equals(Method.GET) && path.isList()) {
      Replies.json(request, response, page(request));
    } else if (method.equals(Method.GET)) {
      Replies.json(request, response, describe(find(path.id()), request));
    } else if (method.equals(Method.DELETE) && !path.isList()) {
      store.delete(path.id());
      Replies.json(request, response, Map.of());
    } else {
      throw new ApiException(
          ApiException.Status.NOT_FOUND,
          "No method is called by %s %s. Files are uploaded by POST /upload/v1beta/files."
              .formatted(method.text(), request.path().path()));
    }
  }

  private void download(FilesPath path, ServerResponse response) throws IOException {
    StoredFile file = find(path.id());
    response.header(HeaderNames.CONTENT_TYPE, file.mimeType());
    response.header("X-Content-Type-Options", "nosniff");
    response.header(HeaderNames.CONTENT_DISPOSITION, "attachment");
    try (OutputStream out = response.outputStream()) {
      Files.copy(store.bytes(file), out);
    }
  }

  private FileResource.Page page(ServerRequest request) {
    List<StoredFile> all = store.list();
    int asked = Queries.number(request, "pageSize", DEFAULT_PAGE);
    int size = asked == 0 ? DEFAULT_PAGE : Math.min(LARGEST_PAGE, asked);
    int from = Math.min(all.size(), Queries.number(request, "pageToken", 0));
    int to = Math.min(all.size(), from + size);
    List<FileResource> files =
        all.subList(from, to).stream().map(file -> describe(file, request)).toList();
    return new FileResource.Page(
        files.isEmpty() ? null : files, to < all.size() ? Integer.toString(to) : null);
  }

  private StoredFile find(String id) {
    return store
        .find(id)
        .orElseThrow(() ->
            new ApiException(
                ApiException.Status.PERMISSION_DENIED,
                "You do not have permission to access the File %s or it may not exist."
                    .formatted(id)));
  }

  /** A file, with an address at the origin that the client used. */
  static FileResource describe(StoredFile file, ServerRequest request) {
    return FileResource.active(
        file.id(),
        file.displayName(),
        file.mimeType(),
        file.bytes(),
        file.created(),
        file.expires(),
        file.sha256(),
        Queries.origin(request) + "/v1beta/files/" + file.id());
  }

  @Override
  public Media open(String uri, String mimeType, String place) {
    if (uri.startsWith("data:")) {
      return data(uri, mimeType, place);
    }
    int at = uri.startsWith("files/") ? 0 : uri.indexOf("/files/") + 1;
    boolean isFile = uri.startsWith("files/") || at > 0;
    if (!isFile) {
      throw ApiException.invalid(
          place,
          "Unsupported file uri: %s. Upload the file (POST /upload/v1beta/files) and name its uri; this server opens no other addresses."
              .formatted(uri));
    }
    StoredFile file = find(uri.substring(at + "files/".length()));
    if (file.bytes() > LARGEST_IN_PROMPT) {
      throw ApiException.invalid(
          place,
          "files/%s has %,d bytes; a prompt may show files of at most %,d. Send a shorter one."
              .formatted(file.id(), file.bytes(), LARGEST_IN_PROMPT));
    }
    try {
      String type = mimeType.isEmpty() ? file.mimeType() : mimeType;
      return new Media(type, Files.readAllBytes(store.bytes(file)));
    } catch (IOException e) {
      throw new ApiException(
          ApiException.Status.NOT_FOUND, "files/%s was deleted just now.".formatted(file.id()));
    }
  }

  /** {@code data:image/png;base64,…}, RFC 2397. */
  private static Media data(String uri, String mimeType, String place) {
    int comma = uri.indexOf(',');
    if (comma < 0) {
      throw ApiException.invalid(place, place + ": a data: uri without a comma.");
    }
    String head = uri.substring("data:".length(), comma);
    String type = mimeType.isEmpty() ? head.replaceFirst(";.*", "") : mimeType;
    String body =
        URLDecoder.decode(uri.substring(comma + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
    try {
      return new Media(
          type,
          head.endsWith(";base64")
              ? Base64.getDecoder().decode(body)
              : body.getBytes(StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw ApiException.invalid(place, place + ": Base64 decoding failed.");
    }
  }
}
