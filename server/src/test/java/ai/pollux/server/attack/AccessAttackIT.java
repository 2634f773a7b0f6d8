package ai.pollux.server.attack;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.http.ServerOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that are nearly right, keys that could be read in logs, and web pages from elsewhere. */
final class AccessAttackIT {
  private static final String SECRET = "a-Long-Secret-0123456789";
  private static final String MODELS = "/v1beta/models";

  private static RunningServer server;
  private static RunningServer keyless;
  private static Target target;
  private static Target open;

  @BeforeAll
  static void start() {
    server =
        RunningServer.stories(
            ServerOptions.local(0, RunningServer.folder())
                .withApiKeys(List.of(SECRET))
                .withCorsOrigins(List.of("https://app.example.com")));
    keyless = RunningServer.stories();
    target = new Target(server.url());
    open = new Target(keyless.url());
  }

  @AfterAll
  static void stop() {
    server.close();
    keyless.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A-Long-Secret-0123456789",
        "a-Long-Secret-012345678",
        "a-Long-Secret-01234567890",
        "a-Long-Secret-0123456789, x",
        "a-Long-Secret-0123456789\u00a0",
        "*",
        "null",
        "%61-Long-Secret-0123456789"
      })
  void aKeyThatIsNearlyRightIsWrong(String key) throws Exception {
    assertThat(target.get(MODELS, "x-goog-api-key: " + key).status()).isEqualTo(400);
    assertThat(target.get(MODELS, "Authorization: Bearer " + key).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x-goog-api-key:",
        "Authorization: Bearer",
        "Authorization: Basic YS1Mb25nLVNlY3JldC0wMTIzNDU2Nzg5Og==",
        "Cookie: key=a-Long-Secret-0123456789",
        "X-Forwarded-For: 127.0.0.1",
        "X-Original-URL: /v1beta/models?key=a-Long-Secret-0123456789",
        "Host: 127.0.0.1"
      })
  void noKeyIsNoKey(String header) throws Exception {
    int expected = header.startsWith("Host") ? 400 : 403; // two Hosts
    assertThat(target.get(MODELS, header).status()).isEqualTo(expected);
  }

  @Test
  void ofTwoKeysTheHeadersCounts() throws Exception {
    assertThat(target.get(MODELS + "?key=" + SECRET, "x-goog-api-key: wrong").status())
        .isEqualTo(400);
    assertThat(target.get(MODELS, "x-goog-api-key: wrong", "x-goog-api-key: " + SECRET).status())
        .isEqualTo(400);
    assertThat(target.get(MODELS + "?key=wrong&key=" + SECRET).status()).isEqualTo(400);
    assertThat(target.get(MODELS + "?key=" + "k".repeat(3000)).status()).isEqualTo(400);
  }

  /** Whatever goes wrong, neither logs nor answers repeat the key. */
  @Test
  void aKeyIsNeverWrittenDown() throws Exception {
    ByteArrayOutputStream logged = new ByteArrayOutputStream();
    PrintStream out = System.out;
    PrintStream err = System.err;
    Handler handler = new Kept(logged);
    Logger root = Logger.getLogger("");
    root.addHandler(handler);
    System.setOut(new PrintStream(logged, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(logged, true, StandardCharsets.UTF_8));
    StringBuilder answers = new StringBuilder();
    try {
      String query = "?key=" + SECRET;
      String header = "x-goog-api-key: " + SECRET;
      for (String path :
          List.of(
              "/",
              MODELS,
              MODELS + "/none",
              MODELS + ":none",
              "/v1beta/files/none",
              "/a%zz",
              "/\u0001")) {
        answers.append(target.get(path + query).text()).append(target.get(path, header).text());
      }
      answers
          .append(target.post(MODELS + "/gemini-pro:generateContent" + query, "{").text())
          .append(target.post(MODELS + "/gemini-pro:generateContent", "[", header).text())
          .append(target.get(MODELS, header, "A: b\u0000").text())
          .append(target.get(MODELS, header, "Content-Length: 1", "Content-Length: 2").text())
          .append(target.send("G\u0001T /" + query + " HTTP/1.1\r\n" + header + "\r\n\r\n").text());
    } finally {
      System.setOut(out);
      System.setErr(err);
      root.removeHandler(handler);
    }
    assertThat(answers.toString()).contains("error").doesNotContain(SECRET);
    assertThat(logged.toString(StandardCharsets.UTF_8)).doesNotContain(SECRET);
  }

  /** Keeps what is logged, with its stack traces. */
  private static final class Kept extends Handler {
    private final ByteArrayOutputStream kept;

    Kept(ByteArrayOutputStream kept) {
      this.kept = kept;
    }

    @Override
    public void publish(LogRecord message) {
      kept.writeBytes(new SimpleFormatter().format(message).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "https://evil.example",
        "http://localhost.evil.example",
        "http://127.0.0.1.evil.example",
        "http://localhost@evil.example",
        "http://evil.example#localhost",
        "https://app.example.com.evil.example",
        "http://app.example.com",
        "file://",
        "http://local host",
        "http://127.1.evil.example:80"
      })
  void aPageFromElsewhereGetsNothing(String origin) throws Exception {
    String preflight =
        "OPTIONS %s HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: %s\r\nAccess-Control-Request-Method: POST\r\n\r\n"
            .formatted(MODELS, origin);
    assertThat(target.send(preflight).text().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("access-control-allow-origin");
    assertThat(open.get(MODELS, "Origin: " + origin).status()).isEqualTo(403);
    assertThat(open.send(preflight).text().toLowerCase(java.util.Locale.ROOT))
        .doesNotContain("access-control-allow-origin");
    open.assertServes("Origin: http://localhost:3000");
    target.assertServes("x-goog-api-key: " + SECRET);
  }

  /** A name of the attacker's that he has changed to 127.0.0.1 after his page was loaded. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8080",
        "127.0.0.1.evil.example",
        "localhost.evil.example:80",
        "0x7f.1.evil.example"
      })
  void aNameThatIsNotThisMachinesIsRefusedWithoutKeys(String host) throws Exception {
    String request = "GET " + MODELS + " HTTP/1.1\r\nHost: %s\r\n\r\n";
    Target.Outcome outcome = open.send(request.formatted(host));
    assertThat(outcome.status()).isEqualTo(403);
    assertThat(outcome.text()).contains("--cors-origin");
    for (String own :
        List.of("localhost:8080", "127.0.0.1", "[::1]:8080", "192.0.2.7:80", "a.localhost")) {
      assertThat(open.send(request.formatted(own)).status()).as(own).isEqualTo(200);
    }
    assertThat(
            target
                .send(
                    (request.formatted(host))
                        .replace("\r\n\r\n", "\r\nx-goog-api-key: " + SECRET + "\r\n\r\n"))
                .status())
        .isEqualTo(200);
  }
}
