package ai.pollux.assistant.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A hub on loopback that speaks the protocol, with faults to order. Large files come from a second
 * server, as the hub's come from its CDN.
 */
final class FakeHub implements AutoCloseable {
  static final String COMMIT = "c".repeat(40);
  private static final int LARGE = 4096;

  private final HttpServer hub = server();
  private final HttpServer cdn = server();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, byte[]> files = new TreeMap<>();

  /** What requests carried: {@code hub PATH TOKEN} and {@code cdn PATH TOKEN}. */
  final ConcurrentLinkedQueue<String> requests = new ConcurrentLinkedQueue<>();

  final AtomicLong bytesSent = new AtomicLong();

  /** The next so many bodies end half-way. */
  final AtomicInteger cuts = new AtomicInteger();

  /** The next so many requests for files are answered with {@link #errorStatus}. */
  final AtomicInteger errors = new AtomicInteger();

  /** The next so many requests to the second server are answered as old links are: 403. */
  final AtomicInteger oldLinks = new AtomicInteger();

  /** Where requests for files are sent instead; empty for nowhere. */
  volatile String redirection = "";

  volatile int errorStatus = 503;
  volatile boolean knowsRanges = true;
  volatile boolean liesAboutHashes;
  volatile boolean isGated;
  volatile boolean stallsOnce;
  volatile long pauseMillisPerKilobyte;

  FakeHub() {
    hub.createContext("/", exchange -> handle(exchange, "hub"));
    cdn.createContext("/", exchange -> handle(exchange, "cdn"));
    hub.setExecutor(threads);
    cdn.setExecutor(threads);
    hub.start();
    cdn.start();
  }

  private static HttpServer server() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  FakeHub with(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
  }

  List<String> requestsTo(String server) {
    return requests.stream().filter(request -> request.startsWith(server)).toList();
  }

  private void handle(HttpExchange exchange, String who) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String token =
          Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("-");
      requests.add(who + " " + path + " " + token);
      if (isGated && who.equals("hub") && !token.equals("Bearer good")) {
        exchange.getResponseHeaders().add("X-Error-Code", "GatedRepo");
        exchange.getResponseHeaders().add("X-Error-Message", "Access is restricted.");
        exchange.sendResponseHeaders(403, -1);
      } else if (path.equals("/api/models/maker/model/revision/main")) {
        send(exchange, 200, listing().getBytes(UTF_8));
      } else {
        String prefix = "/maker/model/resolve/" + COMMIT + "/";
        byte[] content =
            path.startsWith(prefix) ? files.get(path.substring(prefix.length())) : null;
        if (content == null) {
          exchange.sendResponseHeaders(404, -1);
        } else if (errors.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          exchange.getResponseHeaders().add("Retry-After", "0");
          exchange.sendResponseHeaders(errorStatus, -1);
        } else if (who.equals("cdn") && oldLinks.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          exchange.sendResponseHeaders(403, -1);
        } else if (!redirection.isEmpty()) {
          exchange.getResponseHeaders().add("Location", redirection);
          exchange.sendResponseHeaders(302, -1);
        } else if (who.equals("hub") && content.length >= LARGE) {
          exchange
              .getResponseHeaders()
              .add("Location", "http://127.0.0.1:" + cdn.getAddress().getPort() + path);
          exchange.sendResponseHeaders(302, -1);
        } else {
          sendRange(exchange, content);
        }
      }
    }
  }

  private void sendRange(HttpExchange exchange, byte[] content) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null || !knowsRanges) {
      send(exchange, 200, content);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-");
    int from = Integer.parseInt(ends[0]);
    if (from >= content.length) {
      exchange.sendResponseHeaders(416, -1);
      return;
    }
    int to = Math.min(content.length - 1, Integer.parseInt(ends[1]));
    send(exchange, 206, Arrays.copyOfRange(content, from, to + 1));
  }

  private void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    OutputStream out = exchange.getResponseBody();
    boolean isFile = exchange.getRequestURI().getPath().contains("/resolve/");
    boolean isCut = isFile && cuts.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
    int length = isCut ? body.length / 2 : body.length;
    for (int at = 0; at < length; at += 1024) {
      int count = Math.min(1024, length - at);
      out.write(body, at, count);
      bytesSent.addAndGet(isFile ? count : 0);
      pause(isFile ? pauseMillisPerKilobyte : 0);
    }
    if (isFile && stallsOnce) {
      stallsOnce = false;
      out.flush();
      pause(3_000);
    }
    // Closing an exchange before all that was announced was sent ends the connection.
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String listing() {
    return files.entrySet().stream()
        .map(file -> entry(file.getKey(), file.getValue()))
        .collect(Collectors.joining(",", "{\"sha\": \"" + COMMIT + "\", \"siblings\": [", "]}"));
  }

  private String entry(String path, byte[] content) {
    String sha256 = liesAboutHashes ? "0".repeat(64) : hash("SHA-256", content);
    String lfs = content.length < LARGE ? "" : ", \"lfs\": {\"sha256\": \"" + sha256 + "\"}";
    return "{\"rfilename\": \"%s\", \"size\": %d, \"blobId\": \"%s\"%s}"
        .formatted(path, content.length, gitId(content), lfs);
  }

  private static String gitId(byte[] content) {
    byte[] head = ("blob " + content.length + "\0").getBytes(UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + content.length);
    System.arraycopy(content, 0, all, head.length, content.length);
    return hash("SHA-1", all);
  }

  static String hash(String algorithm, byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    hub.stop(0);
    cdn.stop(0);
    threads.shutdownNow();
  }
}
