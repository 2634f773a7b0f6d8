package ai.pollux.server.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections in numbers, and connections that take their time. */
final class FloodAttackIT {
  private static final String HEAD =
      "POST /v1beta/models/gemini-pro:generateContent HTTP/1.1\r\nHost: 127.0.0.1\r\n";

  private final List<Socket> sockets = new ArrayList<>();
  private RunningServer server;
  private Target target;

  @BeforeEach
  void start() {
    server = RunningServer.stories();
    target = new Target(server.url());
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    server.close();
  }

  private Socket open(String bytes) throws IOException {
    Socket socket = target.open();
    sockets.add(socket);
    socket.setSoTimeout(60_000);
    socket.getOutputStream().write(bytes.getBytes(ISO_8859_1));
    return socket;
  }

  @Test
  void aThousandConnectionsThatSayNothingOrHalfOfItHinderNobody() throws Exception {
    for (int i = 0; i < 1000; i++) {
      open(List.of("", "G", HEAD, HEAD + "Content-Length: 50\r\n\r\n{").get(i % 4));
    }
    target.assertServes();
  }

  /** Whoever sends a head byte by byte, for ever, or speaks TLS to what does not, is cut off. */
  @Test
  void headsThatDoNotEndAreCutOff() throws Exception {
    Instant begin = Instant.now();
    Socket slow = open(HEAD);
    Socket silent = open(HEAD + "A: b");
    Socket tls = open("\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
    int sent = 0;
    try {
      while (Duration.between(begin, Instant.now()).toSeconds() < 50) {
        slow.getOutputStream().write("A: b\r\n".getBytes(ISO_8859_1));
        sent++;
        Thread.sleep(250);
      }
    } catch (SocketException e) {
      // It was closed by the other side, as it should be.
    }
    assertThat(Duration.between(begin, Instant.now()).toSeconds())
        .as("sent %d", sent)
        .isBetween(25L, 45L);
    assertThat(Target.read(silent).isClosed()).isTrue();
    assertThat(Target.read(tls).isClosed()).isTrue();
    target.assertServes();
  }

  @Test
  void aBodyThatIsNotWantedIsNotReadForEver() throws Exception {
    Instant begin = Instant.now();
    Socket socket = open(HEAD.replace("/v1beta", "/v0") + "Transfer-Encoding: chunked\r\n\r\n");
    int sent = 0;
    try {
      while (Duration.between(begin, Instant.now()).toSeconds() < 50) {
        socket.getOutputStream().write("1\r\na\r\n".getBytes(ISO_8859_1));
        sent++;
        Thread.sleep(250);
      }
    } catch (SocketException e) {
      // It was closed by the other side, as it should be.
    }
    assertThat(Duration.between(begin, Instant.now()).toSeconds())
        .as("sent %d", sent)
        .isBetween(25L, 45L);
    target.assertServes();
  }

  @Test
  void manyRequestsInOneWriteAreAnsweredInOrder() throws Exception {
    String one = "GET /v1beta/models/none HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    assertThat(target.send(one.repeat(200)).statuses()).hasSize(200).containsOnly(404);
    target.assertServes();
  }
}
