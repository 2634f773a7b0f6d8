package ai.pollux.server.http;

import io.helidon.common.configurable.Resource;
import io.helidon.common.pki.Keys;
import io.helidon.common.pki.PkiException;
import io.helidon.common.socket.SocketOptions;
import io.helidon.common.tls.Tls;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The ports of a server, with the same routes on each. */
final class Listeners {
  /** What Helidon calls the port for HTTPS. */
  static final String TLS = "tls";

  private Listeners() {}

  /**
   * Listens.
   *
   * @param certificate of the second port, where there is one
   * @throws IllegalStateException if a port is taken
   */
  static WebServer start(
      ServerOptions options,
      Optional<TlsOptions.Files> certificate,
      Http1Upgrader webSockets,
      Consumer<HttpRouting.Builder> routes) {
    try {
      WebServerConfig.Builder builder =
          WebServer.builder()
              .host(options.host())
              .port(options.port())
              .protocolsDiscoverServices(false)
              .shutdownHook(false) // Helidon's would cut running requests off.
              .addConnectionSelector(new Connections(webSockets))
              .directHandlers(ProtocolErrors.handlers())
              .connectionOptions(new PatientSockets(SocketOptions.create()))
              .routing(routes);
      options
          .tls()
          .ifPresent(tls ->
              builder.putSocket(
                  TLS,
                  socket ->
                      socket
                          .host(options.host())
                          .port(tls.port())
                          .protocolsDiscoverServices(false)
                          .addConnectionSelector(new Connections(webSockets))
                          .directHandlers(ProtocolErrors.handlers())
                          .connectionOptions(new PatientSockets(SocketOptions.create()))
                          .tls(tls(certificate.orElseThrow()))
                          .routing(routes)));
      WebServer server = builder.build().start();
      if (!server.isRunning()) { // How Helidon answers a port that is taken.
        throw new IllegalStateException(cannotListen(options, "the address is taken"));
      }
      return server;
    } catch (TlsException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new IllegalStateException(cannotListen(options, rootMessage(e)), e);
    }
  }

  private static Tls tls(TlsOptions.Files files) {
    readable(files.certificate(), "--tls-cert");
    readable(files.key(), "--tls-key");
    try {
      Keys keys =
          Keys.builder()
              .pem(pem ->
                  pem.certChain(Resource.create(files.certificate()))
                      .key(Resource.create(files.key())))
              .build();
      return Tls.builder()
          .privateKey(keys.privateKey().orElseThrow())
          .privateKeyCertChain(keys.certChain())
          .build();
    } catch (PkiException | UnsupportedOperationException e) {
      throw new TlsException(
          "cannot use %s with %s: %s. Expected PEM: a certificate, and a key that begins with \"BEGIN PRIVATE KEY\" (openssl pkcs8 -topk8 -nodes makes one)"
              .formatted(files.certificate(), files.key(), e.getMessage()),
          e);
    }
  }

  private static void readable(Path file, String flag) {
    if (!Files.isReadable(file)) {
      throw new TlsException("%s: cannot read %s".formatted(flag, file), null);
    }
  }

  private static String cannotListen(ServerOptions options, String why) {
    String second =
        options.tls().map(tls -> " and port %d for TLS".formatted(tls.port())).orElse("");
    return "cannot listen on %s port %d%s: %s. Is another server running there? Choose another with --port, or 0 for any free one"
        .formatted(options.host(), options.port(), second, why);
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
