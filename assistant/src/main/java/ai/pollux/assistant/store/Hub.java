package ai.pollux.assistant.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The protocol of Hugging Face's hub: what a repository holds, and ranges of its files. May be used
 * by many threads.
 *
 * <p>Over {@link HttpURLConnection}: the newer client cannot end a response whose body stalls.
 */
final class Hub {
  private static final int MOST_REDIRECTS = 8;
  private static final int MOST_LISTING_BYTES = 64 << 20;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final HubSettings settings;

  Hub(HubSettings settings) {
    this.settings = settings;
  }

  /** A response that is being read; closing it ends the connection. */
  static final class Response implements AutoCloseable {
    private final HttpURLConnection connection;
    private final int status;

    private Response(HttpURLConnection connection, int status) {
      this.connection = connection;
      this.status = status;
    }

    /** Whether the range that was asked for comes, and not the whole file. */
    boolean isPartial() {
      return status == HttpURLConnection.HTTP_PARTIAL;
    }

    InputStream body() throws IOException {
      return connection.getInputStream();
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }

  /** The files of a model at a revision. */
  HubListing list(ModelName name) throws InterruptedException {
    URI uri =
        settings
            .endpoint()
            .resolve(
                "%s/api/models/%s/revision/%s?blobs=true"
                    .formatted(path(), name.repo(), encode(name.revision())));
    Patience patience = new Patience(settings);
    while (true) {
      try (Response response = open(uri, name, -1, -1)) {
        byte[] body = response.body().readNBytes(MOST_LISTING_BYTES + 1);
        if (body.length > MOST_LISTING_BYTES) {
          throw new StoreException("%s: the list of its files is over 64 MB".formatted(name));
        }
        return listing(name, JsonMapper.shared().readTree(body));
      } catch (IOException e) {
        patience.waitAfter(e, name.toString());
      } catch (JacksonException e) {
        throw new StoreException(
            "%s: %s answered with what is no list of files: %s"
                .formatted(name, settings.endpoint(), e.getOriginalMessage()),
            e);
      }
    }
  }

  private static HubListing listing(ModelName name, JsonNode answer) {
    List<HubFile> files = new ArrayList<>();
    for (JsonNode sibling : answer.path("siblings")) {
      String path = sibling.path("rfilename").asString("");
      if (path.isEmpty()
          || path.startsWith("/")
          || path.contains("\\")
          || List.of(path.split("/", -1)).contains("..")) {
        throw new StoreException("%s: a file has the unsafe name \"%s\"".formatted(name, path));
      }
      JsonNode sha = sibling.path("lfs").path("sha256");
      files.add(
          new HubFile(
              path,
              sibling.path("size").asLong(-1),
              sha.isString() ? Optional.of(hash(name, sha.asString(), 64)) : Optional.empty(),
              hash(name, sibling.path("blobId").asString(""), 40)));
    }
    return new HubListing(hash(name, answer.path("sha").asString(""), 40), files);
  }

  private static String hash(ModelName name, String text, int digits) {
    if (text.length() == digits && text.matches("[0-9a-f]+")) {
      return text;
    }
    throw new StoreException(
        "%s: the hub gave \"%s\" where a hash of %d digits was expected"
            .formatted(name, text, digits));
  }

  /**
   * Bytes {@code from} to {@code to} of a file, both included. A server may send the whole file
   * instead.
   *
   * @throws IOException if trying again may help
   * @throws StoreException if not
   */
  Response open(ModelName name, String commit, String file, long from, long to) throws IOException {
    StringBuilder encoded = new StringBuilder();
    for (String part : file.split("/")) {
      encoded.append('/').append(encode(part));
    }
    URI uri =
        settings
            .endpoint()
            .resolve("%s/%s/resolve/%s%s".formatted(path(), name.repo(), encode(commit), encoded));
    return open(uri, name, from, to);
  }

  private Response open(URI first, ModelName name, long from, long to) throws IOException {
    if (settings.isOffline()) {
      throw new StoreException(
          "%s is not in the store, and HF_HUB_OFFLINE forbids to fetch it".formatted(name));
    }
    URI uri = first;
    for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
      HttpURLConnection connection = connect(uri, from, to);
      int status = connection.getResponseCode();
      if (!REDIRECTS.contains(status)) {
        if (status == 200 || status == 206) {
          return new Response(connection, status);
        }
        if (status == 403 && !isEndpoint(uri)) {
          connection.disconnect();
          throw new BusyException(
              "%s refused a link that the hub had given (403): it may have been too old"
                  .formatted(uri.getAuthority()),
              Optional.empty());
        }
        RuntimeException refusal = refusal(connection, status, name);
        connection.disconnect();
        throw refusal;
      }
      String location = connection.getHeaderField("Location");
      connection.disconnect();
      if (location == null) {
        throw new IOException("a redirect of " + uri + " names no place");
      }
      uri = uri.resolve(location);
      if (!uri.getScheme().matches("https?")) {
        throw new StoreException(
            "%s: redirected to %s, which is no web address".formatted(name, uri));
      }
    }
    throw new StoreException("%s: more than %d redirects".formatted(name, MOST_REDIRECTS));
  }

  private HttpURLConnection connect(URI uri, long from, long to) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    connection.setConnectTimeout((int) settings.stall().toMillis());
    connection.setReadTimeout((int) settings.stall().toMillis());
    connection.setRequestProperty("User-Agent", "pollux");
    connection.setRequestProperty("Accept-Encoding", "identity");
    if (from >= 0) {
      connection.setRequestProperty("Range", "bytes=%d-%d".formatted(from, to));
    }
    if (isEndpoint(uri) && settings.token().isPresent()) {
      connection.setRequestProperty("Authorization", "Bearer " + settings.token().get());
    }
    return connection;
  }

  /** The token is for the hub itself, not for where it keeps large files. */
  private boolean isEndpoint(URI uri) {
    URI hub = settings.endpoint();
    return hub.getScheme().equals(uri.getScheme()) && hub.getAuthority().equals(uri.getAuthority());
  }

  /** What an error status means: an {@link IOException} inside where another try may succeed. */
  private RuntimeException refusal(HttpURLConnection connection, int status, ModelName name)
      throws IOException {
    String code = header(connection, "X-Error-Code");
    String said = header(connection, "X-Error-Message");
    String detail = said.isEmpty() ? "" : " (" + said + ")";
    return switch (status) {
      case 401, 403 -> {
        String asked =
            settings.token().isPresent() ? "the token does not open it" : "no token is set";
        yield new StoreException(
            code.equals("GatedRepo")
                ? "%s is gated, and %s: accept its licence at %s/%s, then set HF_TOKEN to a token of that account%s"
                    .formatted(name, asked, settings.endpoint(), name.repo(), detail)
                : "%s: not there, or private, and %s. Check the name, or set HF_TOKEN%s"
                    .formatted(name, asked, detail));
      }
      case 404 ->
          new StoreException(
              code.equals("RevisionNotFound")
                  ? "%s: there is no revision \"%s\"".formatted(name, name.revision())
                  : "%s: not found at %s%s".formatted(name, settings.endpoint(), detail));
      case 416 ->
          new StoreException(
              "%s: the hub refused a range of a file: it is shorter than was announced. Pull again"
                  .formatted(name));
      case 408, 429, 500, 502, 503, 504 ->
          throw new BusyException(
              "%s answered %d%s".formatted(settings.endpoint(), status, detail),
              retryAfter(header(connection, "Retry-After")));
      default ->
          new StoreException(
              "%s: %s answered %d%s".formatted(name, settings.endpoint(), status, detail));
    };
  }

  private static String header(HttpURLConnection connection, String name) {
    String value = connection.getHeaderField(name);
    return value == null ? "" : value.strip();
  }

  private static Optional<Duration> retryAfter(String seconds) {
    return seconds.matches("[0-9]{1,4}")
        ? Optional.of(Duration.ofSeconds(Long.parseLong(seconds)))
        : Optional.empty();
  }

  /** A mirror may live below a path. */
  private String path() {
    return settings.endpoint().getRawPath();
  }

  private static String encode(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
