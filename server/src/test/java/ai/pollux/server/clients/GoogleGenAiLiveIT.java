package ai.pollux.server.clients;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.server.RunningServer;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.server.http.TlsOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Google's own Java SDK, unmodified, in a live session: it speaks WSS alone. */
final class GoogleGenAiLiveIT {
  @Test
  @Timeout(120)
  void talksOverTlsWithAKeyAndWithAToken() throws Exception {
    Path data = RunningServer.folder();
    ServerOptions options =
        ServerOptions.local(0, data).withTls(new TlsOptions(0, Optional.empty()));
    try (RunningServer server = RunningServer.gemma(options)) {
      Process program =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Djavax.net.ssl.trustStore=" + data.resolve("tls/trust.p12"),
                  "-Djavax.net.ssl.trustStorePassword=changeit",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LiveProgram.class.getName(),
                  server.tlsUrl())
              .redirectErrorStream(true)
              .start();
      String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said.lines())
          .as(said)
          .containsSubsequence(
              "REST false",
              "KEY streamed 12",
              "KEY streamed 12",
              "TOKEN streamed 12",
              "TOKEN streamed 12");
      assertThat(program.waitFor()).isZero();
    }
  }
}
