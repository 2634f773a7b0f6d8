package ai.pollux.cli;

import ai.pollux.server.http.GeminiServer;
import ai.pollux.server.http.ServerOptions;
import ai.pollux.server.http.TlsOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** A second port for HTTPS. */
final class TlsFlags {
  @Option(
      names = "--tls-port",
      paramLabel = "N",
      description = "A second port, for HTTPS and WSS; 0 for any free one (default: none).")
  @Nullable Integer port;

  @Option(
      names = "--tls-cert",
      paramLabel = "PEM",
      description = "Its certificate (default: one that is made and kept in the data folder).")
  @Nullable Path certificate;

  @Option(
      names = "--tls-key",
      paramLabel = "PEM",
      description = "The certificate's key, in PKCS#8 without a password.")
  @Nullable Path key;

  /** The options with what was asked for. */
  ServerOptions applyTo(CommandSpec spec, ServerOptions options) {
    if ((certificate == null) != (key == null) || (certificate != null && port == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "--tls-cert and --tls-key belong together, and are used with --tls-port");
    }
    if (port == null) {
      return options;
    }
    Optional<TlsOptions.Files> files =
        certificate == null || key == null
            ? Optional.empty()
            : Optional.of(new TlsOptions.Files(certificate, key));
    return options.withTls(new TlsOptions(port, files));
  }

  /** Where the server listens for HTTPS, and how clients come to trust it. */
  static List<String> describe(GeminiServer server) {
    Optional<Path> own = server.ownTrustStore();
    if (own.isEmpty()) {
      return server.tlsUrl().map(url -> "and at " + url).stream().toList();
    }
    return List.of(
        "and at " + server.tlsUrl().orElseThrow() + ", with a certificate of its own. To trust it:",
        "  curl --cacert %s".formatted(server.certificate().orElseThrow()),
        "  NODE_EXTRA_CA_CERTS=%s node".formatted(server.certificate().orElseThrow()),
        "  java -Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=changeit"
            .formatted(own.get()));
  }
}
