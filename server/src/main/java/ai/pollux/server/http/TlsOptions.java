package ai.pollux.server.http;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A second port, for HTTPS and WSS.
 *
 * @param port 0 for any free one
 * @param files the certificate and its key; absent for a certificate of the server's own
 */
public record TlsOptions(int port, Optional<Files> files) {
  /**
   * PEM files.
   *
   * @param certificate with the chain behind it
   * @param key PKCS#8, without a password
   */
  public record Files(Path certificate, Path key) {}

  public TlsOptions {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("TLS port: expected 0 to 65535, found " + port);
    }
  }
}
