package ai.pollux.server.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A server that is attacked by bytes on its socket: no client library puts them in order. */
record Target(URI server) {
  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ");
  private static final String CLOSE = "Connection: close\r\n";
  private static final int MOST_MILLIS = 20_000;

  Target(String url) {
    this(URI.create(url));
  }

  /**
   * What came back before the server closed the connection, or fell silent.
   *
   * @param isClosed whether it closed it
   */
  record Outcome(String text, boolean isClosed) {
    /** The status of every response; 100 (Continue) is none. */
    List<Integer> statuses() {
      return STATUS
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .map(status -> Integer.parseInt(status.substring(9, 12)))
          .filter(status -> status != 100)
          .toList();
    }

    int status() {
      List<Integer> statuses = statuses();
      assertThat(statuses).as("one response: %s", text).hasSize(1);
      return statuses.getFirst();
    }
  }

  /** Sends bytes, one for each character, and reads until nothing more comes. */
  Outcome send(String request) throws IOException {
    try (Socket socket = open()) {
      try {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      } catch (SocketException e) {
        // It was closed before all was sent: what it said is still read.
      }
      return read(socket);
    }
  }

  Socket open() throws IOException {
    Socket socket = new Socket(server.getHost(), server.getPort());
    socket.setSoTimeout(MOST_MILLIS);
    return socket;
  }

  static Outcome read(Socket socket) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      InputStream in = socket.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        out.write(buffer, 0, count);
        socket.setSoTimeout(700); // the rest follows at once
      }
      return new Outcome(out.toString(UTF_8), true);
    } catch (SocketTimeoutException e) {
      return new Outcome(out.toString(UTF_8), false);
    } catch (SocketException e) {
      return new Outcome(out.toString(UTF_8), true);
    }
  }

  /** A request without a body. */
  Outcome get(String path, String... headers) throws IOException {
    return send(
        "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + CLOSE + lines(headers) + "\r\n");
  }

  /** A request with a body, one byte for each character. */
  Outcome post(String path, String body, String... headers) throws IOException {
    return send(
        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sContent-Length: %d\r\n\r\n%s"
            .formatted(path, CLOSE + lines(headers), body.length(), body));
  }

  private static String lines(String... headers) {
    StringBuilder lines = new StringBuilder();
    for (String header : headers) {
      lines.append(header).append("\r\n");
    }
    return lines.toString();
  }

  /** Whether others are still served. */
  void assertServes(String... headers) throws IOException {
    String body =
        "{\"contents\":[{\"parts\":[{\"text\":\"Once\"}]}],\"generationConfig\":{\"maxOutputTokens\":2}}";
    assertThat(post("/v1beta/models/gemini-pro:generateContent", body, headers).status())
        .isEqualTo(200);
  }
}
