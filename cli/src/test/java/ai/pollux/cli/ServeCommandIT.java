package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import ai.pollux.testkit.TestFiles;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux serve} as a process of its own. */
@Timeout(120)
final class ServeCommandIT {
  /** 128 + SIGTERM, as shells report it. */
  private static final int ENDED_BY_SIGTERM = 143;

  private static final String MODEL =
      TestFiles.data("weights/stories260K/stories260K.bin").toString();

  @TempDir Path data;

  @Test
  void saysItsUrlAnswersAndEndsOnSigterm() throws IOException, InterruptedException {
    try (ServerProcess served = new ServerProcess(data, Map.of(), "--model", MODEL)) {
      assertThat(served.ready())
          .matches("Pollux serves stories260K at http://127\\.0\\.0\\.1:\\d+");
      assertThat(answer(served.url())).isNotEmpty();

      assertThat(served.end()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(served.nextLine()).as("a second line").isNull();
      assertThat(served.log())
          .singleElement(STRING)
          .contains("POST /v1beta/models/gemini-pro:generateContent 200, ");
    }
  }

  @Test
  void sigtermLetsARunningAnswerFinish() throws Exception {
    try (ServerProcess served = new ServerProcess(data, Map.of(), "--model", MODEL);
        HttpClient client = HttpClient.newHttpClient()) {
      String request = request(60, 8); // Without C2, as the process runs, a few seconds' work.
      String whole = stream(client, served.url(), request).join().body();
      CompletableFuture<HttpResponse<String>> running = stream(client, served.url(), request);
      awaitMetric(client, served.url(), "pollux_engine_running{model=\"stories260K\"} 8.0");

      assertThat(served.end()).isEqualTo(ENDED_BY_SIGTERM);

      assertThat(texts(running.join().body())).isEqualTo(texts(whole));
      assertThat(served.err()).contains("1 requests still run and have 30 s to finish");
    }
  }

  @Test
  void whatRunsAfterTheDrainTimeoutIsCutShort() throws Exception {
    try (ServerProcess served =
            new ServerProcess(data, Map.of("POLLUX_DRAIN_TIMEOUT", "0"), "--model", MODEL);
        HttpClient client = HttpClient.newHttpClient()) {
      CompletableFuture<HttpResponse<String>> running =
          stream(client, served.url(), request(480, 8));
      awaitMetric(client, served.url(), "pollux_engine_running{model=\"stories260K\"} 8.0");

      assertThat(served.end()).isEqualTo(ENDED_BY_SIGTERM);

      assertThat(running.join().body()).contains("\"finishReason\":\"OTHER\"");
      assertThat(served.err()).contains("1 requests were cut short");
    }
  }

  @Test
  void theLogIsJsonWithoutKeysOrContent() throws Exception {
    Map<String, String> environment =
        Map.of("POLLUX_LOG_FORMAT", "json", "POLLUX_API_KEY", "top-secret");
    try (ServerProcess served = new ServerProcess(data, environment, "--model", MODEL);
        HttpClient client = HttpClient.newHttpClient()) {
      String generate = "/v1beta/models/gemini-pro:generateContent?key=top-secret";
      String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
      HttpRequest.Builder post =
          HttpRequest.newBuilder(URI.create(served.url() + generate))
              .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
              .header("x-request-id", "my-id");
      client.send(
          post.POST(BodyPublishers.ofString(request(4, 1))).build(), BodyHandlers.ofString());
      client.send(
          HttpRequest.newBuilder(URI.create(served.url() + "/v1beta/models"))
              .header("x-goog-api-key", "top-secret-but-wrong")
              .build(),
          BodyHandlers.ofString());
      served.end();

      List<JsonNode> lines =
          served.log().stream().map(line -> JsonMapper.shared().readTree(line)).toList();
      assertThat(lines).hasSize(2);
      JsonNode generated = lines.getFirst();
      assertThat(generated.path("requestId").asString()).isEqualTo("my-id");
      assertThat(generated.path("operation").asString()).isEqualTo("models.generateContent");
      assertThat(generated.path("method").asString()).isEqualTo("POST");
      assertThat(generated.path("path").asString())
          .isEqualTo("/v1beta/models/gemini-pro:generateContent");
      assertThat(generated.path("status").asInt()).isEqualTo(200);
      assertThat(generated.path("answerTokens").asInt()).isEqualTo(4);
      assertThat(generated.path("promptTokens").asInt()).isPositive();
      assertThat(generated.path("durationMillis").asDouble())
          .isGreaterThan(generated.path("firstTokenMillis").asDouble());
      assertThat(generated.path("firstTokenMillis").asDouble()).isPositive();
      assertThat(generated.path("traceId").asString()).isEqualTo(trace);
      assertThat(lines.getLast().path("error").asString()).isEqualTo("INVALID_ARGUMENT");
      assertThat(lines.getLast().path("status").asInt()).isEqualTo(400);
      assertThat(served.err()).doesNotContain("top-secret", "Once");
    }
  }

  @Test
  void contentIsLoggedWhereItIsAskedFor() throws Exception {
    Map<String, String> environment =
        Map.of("POLLUX_LOG_FORMAT", "json", "POLLUX_LOG_CONTENT", "true");
    try (ServerProcess served = new ServerProcess(data, environment, "--model", MODEL)) {
      String text = answer(served.url());
      served.end();
      JsonNode line = JsonMapper.shared().readTree(served.log().getFirst());
      assertThat(line.path("requestContent").asString()).contains("Once");
      assertThat(
              JsonMapper.shared()
                  .readTree(line.path("responseContent").asString())
                  .at("/candidates/0/content/parts/0/text")
                  .asString())
          .isEqualTo(text);
    }
  }

  @Test
  void spansAreSentByOtlpWhereTheEnvironmentSays() throws Exception {
    List<byte[]> received = new CopyOnWriteArrayList<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          InputStream body = exchange.getRequestBody();
          boolean isZipped =
              "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
          received.add((isZipped ? new GZIPInputStream(body) : body).readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
    String endpoint = "http://127.0.0.1:" + collector.getAddress().getPort();
    try (ServerProcess served =
        new ServerProcess(
            data, Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint), "--model", MODEL)) {
      answer(served.url());
      served.end(); // Sends what has not been sent.
      String sent =
          received.stream()
              .map(each -> new String(each, StandardCharsets.ISO_8859_1))
              .collect(Collectors.joining());
      assertThat(sent)
          .contains(
              "service.name",
              "pollux",
              "POST models.generateContent",
              "generate_content gemini-pro",
              "gen_ai.usage.input_tokens")
          .doesNotContain("Once");
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void theContainersHealthCheckKnowsWhetherItIsReady() throws Exception {
    assumeThat(Path.of("/bin/bash")).exists();
    try (ServerProcess served = new ServerProcess(data, Map.of(), "--model", MODEL)) {
      String port = Integer.toString(URI.create(served.url()).getPort());
      assertThat(healthCheck(port, "/readyz")).isZero();
      assertThat(healthCheck(port, "/nothing-here")).isNotZero();
      served.end();
      assertThat(healthCheck(port, "/readyz")).isNotZero();
    }
  }

  private static int healthCheck(String port, String path) throws Exception {
    ProcessBuilder check =
        new ProcessBuilder(
                Path.of(System.getProperty("pollux.root"), "deploy", "healthcheck").toString(),
                path)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    check.environment().put("POLLUX_PORT", port);
    return check.start().waitFor();
  }

  @Test
  void anInterruptedServeEndsQuietly() throws Exception {
    String[] arguments = {"serve", "-m", MODEL, "--port", "0", "--data", data.toString()};
    StringWriter err = new StringWriter();
    PipedWriter output = new PipedWriter();
    try (BufferedReader lines = new BufferedReader(new PipedReader(output))) {
      CommandLine line =
          Main.commandLine(arguments)
              .setOut(new PrintWriter(output))
              .setErr(new PrintWriter(err, true));
      FutureTask<Integer> exit = new FutureTask<>(() -> line.execute(arguments));
      Thread serving = Thread.ofPlatform().daemon().start(exit);
      assertThat(lines.readLine()).startsWith("Pollux serves");

      serving.interrupt();

      assertThat(exit.get()).isZero();
      assertThat(err.toString()).isEmpty();
    }
  }

  @Test
  @Timeout(60)
  void aSecondPortSpeaksTlsWithACertificateThatIsKept(@TempDir Path data) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "serve",
                "--model",
                MODEL,
                "--port",
                "0",
                "--tls-port",
                "0",
                "--data",
                data.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).startsWith("Pollux serves stories260K at http://");
      String second = out.readLine();
      assertThat(second)
          .matches(
              "and at https://127\\.0\\.0\\.1:\\d+, with a certificate of its own. To trust it:");
      String certificate = data.resolve("tls/certificate.pem").toString();
      assertThat(out.readLine()).isEqualTo("  curl --cacert " + certificate);
      assertThat(out.readLine()).isEqualTo("  NODE_EXTRA_CA_CERTS=" + certificate + " node");
      assertThat(out.readLine()).startsWith("  java -Djavax.net.ssl.trustStore=" + data);
      KeyStore trust =
          KeyStore.getInstance(data.resolve("tls/trust.p12").toFile(), "changeit".toCharArray());
      TrustManagerFactory managers =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      managers.init(trust);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, managers.getTrustManagers(), null);
      String url = second.substring(second.indexOf("https"), second.indexOf(','));
      try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
        HttpResponse<String> models =
            client.send(
                HttpRequest.newBuilder(URI.create(url + "/v1beta/models")).build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(models.body()).contains("stories260K");
      }
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void aCertificateNeedsItsKeyAndBothMustBeThere() {
    Shell alone = Shell.run("serve", "-m", MODEL, "--tls-port", "0", "--tls-cert", "c.pem");
    assertThat(alone.err())
        .contains("--tls-cert and --tls-key belong together, and are used with --tls-port");

    Shell missing =
        Shell.run(
            "serve",
            "-m",
            MODEL,
            "--port",
            "0",
            "--tls-port",
            "0",
            "--tls-cert",
            "c.pem",
            "--tls-key",
            "k.pem");
    assertThat(missing.exit()).isEqualTo(1);
    assertThat(missing.err()).contains("--tls-cert: cannot read c.pem").doesNotContain("\tat ");

    Shell wrong =
        Shell.run(
            "serve",
            "-m",
            MODEL,
            "--port",
            "0",
            "--tls-port",
            "0",
            "--tls-cert",
            MODEL,
            "--tls-key",
            MODEL);
    assertThat(wrong.exit()).isEqualTo(1);
    assertThat(wrong.err()).contains("cannot use " + MODEL, "BEGIN PRIVATE KEY");
  }

  @Test
  void beyondLoopbackAKeyIsNeeded() {
    Shell shell =
        Shell.run(
            "serve", "-m", MODEL, "--host", "0.0.0.0", "--port", "0", "--data", data.toString());

    assertThat(shell.exit()).isEqualTo(1);
    assertThat(shell.err()).contains("0.0.0.0", "key").doesNotContain("\tat ");
    assertThat(shell.out()).isEmpty();
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      Shell shell = Shell.run("serve", "-m", MODEL, "--port", port, "--data", data.toString());

      assertThat(shell.exit()).isEqualTo(1);
      assertThat(shell.err()).contains("port " + port, "--port").doesNotContain("\tat ");
    }
  }

  private static String request(int tokens, int candidates) {
    return """
    {"contents": [{"parts": [{"text": "Once"}]}],
     "generationConfig": {"maxOutputTokens": %d, "candidateCount": %d, "temperature": 1, "seed": 1}}
    """
        .formatted(tokens, candidates);
  }

  private static CompletableFuture<HttpResponse<String>> stream(
      HttpClient client, String url, String request) {
    HttpRequest post =
        HttpRequest.newBuilder(
                URI.create(url + "/v1beta/models/gemini-pro:streamGenerateContent?alt=sse"))
            .POST(BodyPublishers.ofString(request))
            .build();
    return client.sendAsync(post, BodyHandlers.ofString());
  }

  /** What each candidate says in a stream, by its index; their pieces come in any order. */
  private static Map<Integer, String> texts(String stream) {
    Map<Integer, String> texts = new TreeMap<>();
    stream
        .lines()
        .filter(line -> line.startsWith("data: "))
        .flatMap(line ->
            JsonMapper.shared().readTree(line.substring(6)).path("candidates").valueStream())
        .forEach(candidate ->
            texts.merge(
                candidate.path("index").asInt(),
                candidate.at("/content/parts/0/text").asString(""),
                String::concat));
    return texts;
  }

  private static void awaitMetric(HttpClient client, String url, String line) throws Exception {
    HttpRequest get = HttpRequest.newBuilder(URI.create(url + "/metrics")).build();
    while (!client.send(get, BodyHandlers.ofString()).body().contains(line)) {
      Thread.sleep(1);
    }
  }

  private static String answer(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1beta/models/gemini-pro:generateContent"))
            .POST(BodyPublishers.ofString(request(4, 1)))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return JsonMapper.shared()
          .readTree(response.body())
          .at("/candidates/0/content/parts/0/text")
          .asString();
    }
  }
}
