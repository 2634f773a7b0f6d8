package ai.pollux.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that two programs could read in two ways, and bytes that are no requests. */
final class FramingAttackIT {
  private static final String BODY =
      "{\"contents\":[{\"parts\":[{\"text\":\"a\"}]}],\"generationConfig\":{\"maxOutputTokens\":1}}";
  private static final String POST =
      "POST /v1beta/models/gemini-pro:generateContent HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  private static final String GET = "GET /v1beta/models HTTP/1.1\r\nHost: 127.0.0.1\r\n";
  private static final String HIDDEN = "GET /v1beta/files HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
  private static final String CHUNKED = "%x\r\n%s\r\n0\r\n\r\n".formatted(BODY.length(), BODY);

  private static RunningServer server;
  private static Target target;

  @BeforeAll
  static void start() {
    server = RunningServer.stories();
    target = new Target(server.url());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Arguments attack(String name, int status, String request) {
    return Arguments.of(name, status, request);
  }

  private static Arguments lengths(String name, String headers, String body) {
    return attack(name, 400, POST + headers + "\r\n\r\n" + body);
  }

  private static Arguments chunks(String name, String body) {
    return attack(name, 400, POST + "Transfer-Encoding: chunked\r\n\r\n" + body);
  }

  static Stream<Arguments> refused() {
    String length = "Content-Length: " + BODY.length();
    return Stream.of(
        lengths("length and chunks", length + "\r\nTransfer-Encoding: chunked", CHUNKED),
        lengths(
            "length and chunks with a request behind",
            "Content-Length: 6\r\nTransfer-Encoding: chunked",
            "0\r\n\r\n" + HIDDEN),
        lengths(
            "two lengths, a request between them",
            length + "\r\nContent-Length: " + (BODY.length() + HIDDEN.length()),
            BODY + HIDDEN),
        lengths("the same length twice", length + "\r\n" + length, BODY),
        lengths("a list of lengths", length + ", " + BODY.length(), BODY),
        lengths("negative length", "Content-Length: -1", BODY),
        lengths("length with a plus", "Content-Length: +" + BODY.length(), BODY),
        lengths("length in hexadecimal", "Content-Length: 0x50", BODY),
        lengths("length with letters", "Content-Length: 12x", BODY),
        lengths("length of 20 digits", "Content-Length: 99999999999999999999", BODY),
        lengths("length of 2^63 - 1", "Content-Length: 9223372036854775807", BODY),
        lengths("gzip, chunked", "Transfer-Encoding: gzip, chunked", CHUNKED),
        lengths("xchunked", "Transfer-Encoding: xchunked", CHUNKED),
        lengths("Chunked", "Transfer-Encoding: Chunked", CHUNKED),
        lengths(
            "chunked, then identity",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
            CHUNKED),
        lengths("space before the colon", "Transfer-Encoding : chunked", CHUNKED),
        lengths("folded header", "Transfer-Encoding:\r\n chunked", CHUNKED),
        lengths("vertical tab", "Transfer-Encoding: \u000bchunked", CHUNKED),
        lengths("gzip that is none", length + "\r\nContent-Encoding: gzip", BODY),
        chunks("chunk of -5", "-5\r\nabcde\r\n0\r\n\r\n"),
        chunks("chunk of 2^64 - 1", "ffffffffffffffff\r\nabcde\r\n0\r\n\r\n"),
        chunks("chunk of 2 GB", "7fffffff\r\nabcde\r\n"),
        chunks("chunk of 16 MB and a byte", "1000001\r\nabcde\r\n"),
        chunks("chunk extension", "%x;a=b\r\n%s\r\n0\r\n\r\n".formatted(BODY.length(), BODY)),
        chunks("size without end", "1".repeat(100_000)),
        chunks("trailer", "%x\r\n%s\r\n0\r\nA: b\r\n\r\n".formatted(BODY.length(), BODY)),
        attack("bare LF", 400, "GET /v1beta/models HTTP/1.1\nHost: 127.0.0.1\n\n"),
        attack("bare LF in headers", 400, GET + "A: b\nC: d\r\n\r\n"),
        attack("bare CR in headers", 400, GET + "A: b\rC: d\r\n\r\n"),
        attack("NUL in a header", 400, GET + "A: b\u0000c\r\n\r\n"),
        attack("no Host", 400, "GET /v1beta/models HTTP/1.1\r\n\r\n"),
        attack("two Hosts", 400, GET + "Host: b\r\n\r\n"),
        attack("HTTP/1.0", 505, "GET /v1beta/models HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n"),
        attack("HTTP/0.9", 400, "GET /v1beta/models\r\n\r\n"),
        attack("HTTP/2.0 in words", 400, "GET /v1beta/models HTTP/2.0\r\nHost: 127.0.0.1\r\n\r\n"),
        attack(
            "preface of HTTP/2",
            400,
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000"),
        attack("line of 9 kB", 414, "GET /" + "a".repeat(9000) + " HTTP/1.1\r\nHost: a\r\n\r\n"),
        attack("header of 70 kB", 400, GET + "A: " + "a".repeat(70_000) + "\r\n\r\n"),
        attack("5,000 headers", 400, GET + "A: b\r\n".repeat(5000) + "\r\n"),
        attack("control character in the method", 400, "G\u0001T / HTTP/1.1\r\nHost: a\r\n\r\n"),
        attack("all bytes there are", 400, bytes()));
  }

  private static String bytes() {
    StringBuilder all = new StringBuilder();
    for (char c = 0; c < 256; c++) {
      all.append(c);
    }
    return all.toString().repeat(4);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void isRefusedOnceAndItsConnectionClosed(String name, int status, String request)
      throws Exception {
    Target.Outcome outcome = target.send(request);
    assertThat(outcome.status()).as(outcome.text()).isEqualTo(status);
    assertThat(outcome.text()).contains("\"error\"").doesNotContain("Exception");
    assertThat(outcome.isClosed()).as("closed: %s", outcome.text()).isTrue();
    target.assertServes();
  }

  static Stream<Arguments> notFound() {
    String none = " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n";
    return Stream.of(
        attack("CONNECT", 404, "CONNECT other.example:443" + none),
        attack("TRACE", 404, "TRACE /v1beta/models" + none),
        attack("PUT", 404, "PUT /v1beta/models/gemini-pro" + none),
        attack("HEAD", 404, "HEAD /v1beta/models" + none),
        attack("a method of 3,000 letters", 404, "A".repeat(3000) + " /v1beta/models" + none),
        attack("the star", 404, "GET *" + none),
        attack(
            "another method in a header",
            403,
            "GET /v1beta/files/abc HTTP/1.1\r\nHost: 127.0.0.1\r\nX-HTTP-Method-Override: DELETE\r\n\r\n"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("notFound")
  void isNothingThatThisServerDoes(String name, int status, String request) throws Exception {
    assertThat(target.send(request).status()).isEqualTo(status);
    target.assertServes();
  }
}
