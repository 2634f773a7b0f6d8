package ai.pollux.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.engine.EngineStats;
import ai.pollux.server.RunningServer;
import ai.pollux.server.api.Api.Reply;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that do not come to their own end: clients that leave, time that runs out, servers. */
final class EndsIT {
  /** Eight answers of as many tokens as the context holds: work for seconds. */
  private static final String LONG =
      Api.request("Once", "\"temperature\":2,\"seed\":1,\"candidateCount\":8");

  private RunningServer server;
  private Api api;

  @BeforeEach
  void start() {
    server = RunningServer.stories();
    api = new Api(server.url());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aClientThatLeavesAStreamEndsItsGeneration() throws Exception {
    long whole = tokens(api.post(Api.GENERATE, LONG));
    long before = server.assistant().stats().sampledTokens();
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) { // seconds of work, so that a late reader still finds some left
      clients.add(open(LONG));
    }
    for (Socket client : clients) {
      readEvents(client, 2);
      client.close();
    }
    await(this::isIdle);
    // Left to themselves, they would have written all of the same tokens.
    assertThat(server.assistant().stats().sampledTokens() - before).isLessThan(6 * whole);
    assertThat(api.post(Api.GENERATE, Api.request("Once", "\"maxOutputTokens\":2")).status())
        .isEqualTo(200);
  }

  @Test
  void clientsThatLeaveBeforeAWholeAnswerEndTheirGeneration() throws Exception {
    long whole = tokens(api.post(Api.GENERATE, LONG));
    long before = server.assistant().stats().sampledTokens();
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) { // seconds of work
      clients.add(open(Api.GENERATE, LONG, "close"));
    }
    await(() -> server.assistant().stats().running() > 0);
    for (Socket client : clients) {
      client.close();
    }
    Instant left = Instant.now();
    await(this::isIdle);
    assertThat(Duration.between(left, Instant.now())).isLessThan(Duration.ofSeconds(5));
    assertThat(server.assistant().stats().sampledTokens() - before).isLessThan(6 * whole);
    assertThat(server.assistant().stats().usedPages()).isZero();
  }

  @Test
  void aClientThatSendsItsNextRequestEarlyGetsBothAnswers() throws Exception {
    try (Socket client = open(Api.GENERATE, LONG, "keep-alive")) {
      await(() -> !isIdle());
      Thread.sleep(500); // the watch has begun to read
      send(client, Api.GENERATE, Api.request("Once", "\"maxOutputTokens\":2"), "close");
      StringBuilder answers = new StringBuilder();
      BufferedReader in = reader(client);
      while (answers.toString().split("usageMetadata", -1).length < 3) { // times out where not
        answers.append((char) in.read());
      }
      assertThat(answers.toString().split("HTTP/1.1 200", -1)).hasSize(3);
    }
  }

  @Test
  void manyClientsThatLeaveGiveTheirPagesBack() throws Exception {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      clients.add(open(LONG));
    }
    readEvents(clients.getFirst(), 1);
    for (Socket client : clients) {
      client.close();
    }
    await(this::isIdle);
    assertThat(server.assistant().stats().usedPages()).isZero();
  }

  @Test
  void aDeadlineEndsAWholeAnswerWith504() throws Exception {
    Reply reply = api.post(Api.GENERATE, LONG, "X-Server-Timeout", "0.02");
    assertThat(reply.status()).isEqualTo(504);
    assertThat(reply.json().path("error").path("status").asString()).isEqualTo("DEADLINE_EXCEEDED");
    await(this::isIdle);
  }

  @Test
  void aDeadlineInTheMiddleOfAStreamSendsTheErrorBareAndAsAnEvent() throws Exception {
    api.post(Api.GENERATE, Api.request("Once", "\"maxOutputTokens\":2"));
    // Whether the first event comes before the deadline is for the machine to say: more time, then.
    Reply reply = api.post(Api.STREAM, LONG, "X-Server-Timeout", "0.05");
    for (int tenths = 1; tenths < 10 && reply.status() != 200; tenths++) {
      reply = api.post(Api.STREAM, LONG, "X-Server-Timeout", "0." + tenths);
    }
    assertThat(reply.status()).isEqualTo(200);
    String error =
        "{\"error\":{\"code\":504,\"message\":\"Deadline expired before operation could complete.\","
            + "\"status\":\"DEADLINE_EXCEEDED\",\"details\":[]}}";
    assertThat(reply.body())
        .startsWith("data: {\"candidates\":")
        .endsWith("\r\n\r\n" + error + "\r\n\r\ndata: " + error + "\r\n\r\n");
    await(this::isIdle);
  }

  @Test
  void aDeadlineThatIsNoneIsRefused() throws Exception {
    for (String rubbish : List.of("soon", "0", "-1", "NaN", "1e99")) {
      Reply reply = api.post(Api.GENERATE, LONG, "X-Server-Timeout", rubbish);
      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.error())
          .isEqualTo("X-Server-Timeout: expected seconds above 0, found \"" + rubbish + "\".");
    }
    await(this::isIdle);
    assertThat(
            api.post(
                    Api.GENERATE,
                    Api.request("Once", "\"maxOutputTokens\":2"),
                    "X-Server-Timeout",
                    "60")
                .status())
        .isEqualTo(200);
  }

  @Test
  void aModelThatIsClosedEndsItsStreamsInOrder() throws Exception {
    try (Socket client = open(LONG)) {
      readEvents(client, 1);
      server.assistant().close();
      String rest = rest(client);
      assertThat(rest).contains("\"finishReason\":\"OTHER\"").endsWith("\r\n0\r\n");
    }
  }

  @Test
  void aServerThatIsClosedWhileItStreamsEndsTheConnection() throws Exception {
    try (Socket client = open(LONG)) {
      readEvents(client, 1);
      Instant begin = Instant.now();
      server.close();
      rest(client);
      assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
  }

  private boolean isIdle() {
    EngineStats stats = server.assistant().stats();
    return stats.running() == 0 && stats.waiting() == 0;
  }

  private static long tokens(Reply reply) {
    return reply.json().path("usageMetadata").path("candidatesTokenCount").asLong();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(20);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as("still not so after 20 seconds").isBefore(end);
      Thread.sleep(5);
    }
  }

  /** Asks for a stream on a connection of its own. */
  private Socket open(String body) throws IOException {
    return open(Api.STREAM, body, "close");
  }

  private Socket open(String path, String body, String connection) throws IOException {
    URI url = URI.create(server.url());
    Socket socket = new Socket(url.getHost(), url.getPort());
    socket.setSoTimeout(10_000);
    send(socket, path, body, connection);
    return socket;
  }

  private void send(Socket socket, String path, String body, String connection) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: %s\r\nConnection: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, URI.create(server.url()).getAuthority(), connection, body.length());
    socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
  }

  private static void readEvents(Socket client, int count) throws IOException {
    BufferedReader lines = reader(client);
    for (int seen = 0; seen < count; ) {
      String line = lines.readLine();
      assertThat(line).as("the stream ended").isNotNull();
      seen += line.startsWith("data: ") ? 1 : 0;
    }
  }

  /** What comes until the last chunk, or until the connection is closed. */
  private static String rest(Socket client) throws IOException {
    BufferedReader lines = reader(client);
    StringBuilder rest = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      rest.append(line).append("\r\n");
      if (line.equals("0")) {
        break;
      }
    }
    return rest.toString();
  }

  private static BufferedReader reader(Socket client) throws IOException {
    return new BufferedReader(
        new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
  }
}
