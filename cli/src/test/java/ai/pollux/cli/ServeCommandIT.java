package ai.pollux.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.testkit.TestFiles;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code pollux serve} as a process of its own. */
final class ServeCommandIT {
  /** 128 + SIGTERM, as shells report it. */
  private static final int ENDED_BY_SIGTERM = 143;

  private static final String MODEL =
      TestFiles.data("weights/stories260K/stories260K.bin").toString();

  @TempDir Path data;

  @Test
  @Timeout(60)
  void saysItsUrlAnswersAndEndsOnSigterm() throws IOException, InterruptedException {
    try (ServerProcess server = new ServerProcess(data, "--model", MODEL)) {
      assertThat(server.ready())
          .matches("Pollux serves stories260K at http://127\\.0\\.0\\.1:\\d+");
      assertThat(answer(server.url())).isNotEmpty();

      Process process = server.process();
      process.toHandle().destroy(); // Process.destroy would close its output, too.

      assertThat(process.waitFor(Duration.ofSeconds(5))).isTrue();
      assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
      assertThat(server.nextLine()).as("a second line").isNull();
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

  private static String answer(String url) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1beta/models/gemini-pro:generateContent"))
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    """
                    {"contents": [{"parts": [{"text": "Once"}]}],
                     "generationConfig": {"maxOutputTokens": 4, "seed": 1}}
                    """))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(response.statusCode()).isEqualTo(200);
      return JsonMapper.shared()
          .readTree(response.body())
          .at("/candidates/0/content/parts/0/text")
          .asString();
    }
  }
}
