package ai.pollux.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain WebSocket client of the Live API that keeps what it hears in order. */
final class LiveClient implements AutoCloseable, WebSocket.Listener {
  static final String PATH = "/ws/google.ai.generativelanguage.v1beta.GenerativeService.";
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private final WebSocket socket;

  /** A message, or how the connection ended. */
  private record Heard(@Nullable JsonNode message, int code, String reason) {}

  /** How a connection ended. */
  record Closed(int code, String reason) {}

  LiveClient(String url, String pathAndQuery, String... headers) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder();
    for (int i = 0; i < headers.length; i += 2) {
      builder.header(headers[i], headers[i + 1]);
    }
    socket =
        builder.buildAsync(URI.create(url.replaceFirst("^http", "ws") + pathAndQuery), this).join();
  }

  /** Connects and sets up; the members of the setup come behind the model. */
  static LiveClient begin(String url, String model, String members) {
    LiveClient client = new LiveClient(url, PATH + "BidiGenerateContent");
    client.setUp(model, members);
    return client;
  }

  void setUp(String model, String members) {
    send(
        "{\"setup\":{\"model\":\"models/%s\"%s}}"
            .formatted(model, members.isEmpty() ? "" : "," + members));
    JsonNode first = next();
    assertThat(first.path("setupComplete").path("sessionId").asString())
        .as("%s", first)
        .isNotEmpty();
  }

  void send(String message) {
    socket.sendText(message.replace("\n", " "), true).join();
  }

  void sendBytes(byte[] message, boolean isLast) {
    socket.sendBinary(ByteBuffer.wrap(message), isLast).join();
  }

  void sendBinary(String message) {
    sendBytes(message.getBytes(StandardCharsets.UTF_8), true);
  }

  /** Asks and waits for the whole turn. */
  List<JsonNode> ask(String question) {
    send(turn(question));
    return turn();
  }

  static String turn(String text) {
    return "{\"clientContent\":{\"turns\":[{\"role\":\"user\",\"parts\":[{\"text\":%s}]}],\"turnComplete\":true}}"
        .formatted(MAPPER.writeValueAsString(text));
  }

  /** All messages up to the end of the turn, with it. */
  List<JsonNode> turn() {
    return until(message -> message.path("serverContent").path("turnComplete").asBoolean(false));
  }

  /** All messages up to one of this kind, with it. */
  List<JsonNode> until(Predicate<JsonNode> isLast) {
    List<JsonNode> messages = new ArrayList<>();
    do {
      messages.add(next());
    } while (!isLast.test(messages.getLast()));
    return messages;
  }

  JsonNode next() {
    Heard next = take(60);
    if (next.message() == null) {
      throw new AssertionError("closed with " + next);
    }
    return next.message();
  }

  /** Whether nothing comes for so long. */
  boolean isSilent(long millis) throws InterruptedException {
    Thread.sleep(millis);
    return heard.isEmpty();
  }

  /** How the connection ends; messages before are skipped. */
  Closed closed() {
    while (true) {
      Heard next = take(60);
      if (next.message() == null) {
        return new Closed(next.code(), next.reason());
      }
    }
  }

  private Heard take(int seconds) {
    try {
      Heard next = heard.poll(seconds, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("nothing came for " + seconds + " s");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What the model said in these messages. */
  static String said(List<JsonNode> messages) {
    StringBuilder said = new StringBuilder();
    messages.forEach(message ->
        message
            .path("serverContent")
            .path("modelTurn")
            .path("parts")
            .forEach(part -> said.append(part.path("text").asString(""))));
    return said.toString();
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      heard.add(new Heard(MAPPER.readTree(text.toString()), 0, ""));
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    heard.add(new Heard(null, code, reason));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    heard.add(new Heard(null, 1006, String.valueOf(error)));
  }

  /** Cuts the connection without a word. */
  void cut() {
    socket.abort();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
