package ai.pollux.server.http;

import ai.pollux.server.live.LiveLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens and whom it answers.
 *
 * @param host the address to listen on
 * @param port the port; 0 for any free one
 * @param apiKeys keys of which a request must carry one; empty means that none is asked for, which
 *     only loopback may
 * @param corsOrigins origins of web pages that may call, {@code *} for all; pages from loopback
 *     always may
 * @param maxBodyBytes the largest request body that is read; uploads have limits of their own
 * @param dataFolder where uploaded files are kept; made when the first one comes
 * @param tls a second port, for HTTPS
 * @param live what live sessions may use
 */
public record ServerOptions(
    String host,
    int port,
    List<String> apiKeys,
    List<String> corsOrigins,
    long maxBodyBytes,
    Path dataFolder,
    Optional<TlsOptions> tls,
    LiveLimits live) {
  /** As large as Google lets inline requests be, with room for base64. */
  public static final long DEFAULT_MAX_BODY_BYTES = 100L << 20;

  public ServerOptions {
    apiKeys = List.copyOf(apiKeys);
    corsOrigins = List.copyOf(corsOrigins);
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port: expected 0 to 65535, found " + port);
    }
    if (apiKeys.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("API key: expected some text, found an empty key");
    }
    if (apiKeys.isEmpty() && !isLoopback(host)) {
      throw new IllegalArgumentException(
          "host %s can be reached from other machines, and no API key is set. Set one (--api-key or POLLUX_API_KEY), or listen on 127.0.0.1."
              .formatted(host));
    }
  }

  /** Without TLS, and with the usual limits of live sessions. */
  public ServerOptions(
      String host,
      int port,
      List<String> apiKeys,
      List<String> corsOrigins,
      long maxBodyBytes,
      Path dataFolder) {
    this(
        host,
        port,
        apiKeys,
        corsOrigins,
        maxBodyBytes,
        dataFolder,
        Optional.empty(),
        LiveLimits.STANDARD);
  }

  /** With a second port, for HTTPS. */
  public ServerOptions withTls(TlsOptions second) {
    return new ServerOptions(
        host, port, apiKeys, corsOrigins, maxBodyBytes, dataFolder, Optional.of(second), live);
  }

  /** With other limits of live sessions. */
  public ServerOptions withLive(LiveLimits limits) {
    return new ServerOptions(
        host, port, apiKeys, corsOrigins, maxBodyBytes, dataFolder, tls, limits);
  }

  /** Loopback, no key, pages from loopback only. */
  public static ServerOptions local(int port, Path dataFolder) {
    return new ServerOptions(
        "127.0.0.1", port, List.of(), List.of(), DEFAULT_MAX_BODY_BYTES, dataFolder);
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(
          "host: expected an address of this machine, found \"%s\", which is unknown"
              .formatted(host),
          e);
    }
  }
}
