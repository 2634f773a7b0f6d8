package ai.pollux.eval;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server that answers what a test says. */
final class FakeGemini implements AutoCloseable {
  /** What it says to a request. */
  interface Reply {
    String to(JsonNode request);
  }

  private final HttpServer server;
  final AtomicInteger requests = new AtomicInteger();

  /** Answers with status 429 so often before it answers at all. */
  FakeGemini(int busy, Reply reply) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/v1beta/models/gemini-pro:generateContent",
        exchange -> {
          JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
          if (requests.incrementAndGet() <= busy) {
            send(exchange, 429, "{\"error\": {\"message\": \"slow down\"}}");
          } else {
            send(exchange, 200, reply.to(request));
          }
        });
    server.start();
  }

  static String text(String text) {
    return "{\"candidates\": [{\"content\": {\"parts\": [{\"text\": \"%s\"}]}}]}".formatted(text);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  GeminiClient client() {
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new GeminiClient(base, "gemini-pro", Optional.empty(), Duration.ofMillis(1));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
