package ai.pollux.server.http;

import ai.pollux.server.live.LiveLimits;
import ai.pollux.server.state.ServerState;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param dataFolder where uploaded files are kept, and the database unless it is elsewhere
 * @param databaseUrl the JDBC URL of a database; empty for a SQLite file in the data folder
 * @param tls a second port, for HTTPS
 * @param live what live sessions may use
 * @param requestLog how long it is remembered who asked when; zero for not at all
 */
public record ServerOptions(
    String host,
    int port,
    List<String> apiKeys,
    List<String> corsOrigins,
    long maxBodyBytes,
    Path dataFolder,
    Optional<String> databaseUrl,
    Optional<TlsOptions> tls,
    LiveLimits live,
    Duration requestLog) {
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
    if (requestLog.isNegative()) {
      throw new IllegalArgumentException(
          "request log: expected days from 0, found " + requestLog.toDays());
    }
    isLoopback(host); // An address that is none is refused here.
  }

  /** With a second port, for HTTPS. */
  public ServerOptions withTls(TlsOptions second) {
    return new ServerOptions(
        host,
        port,
        apiKeys,
        corsOrigins,
        maxBodyBytes,
        dataFolder,
        databaseUrl,
        Optional.of(second),
        live,
        requestLog);
  }

  /** With other limits of live sessions. */
  public ServerOptions withLive(LiveLimits limits) {
    return new ServerOptions(
        host,
        port,
        apiKeys,
        corsOrigins,
        maxBodyBytes,
        dataFolder,
        databaseUrl,
        tls,
        limits,
        requestLog);
  }

  /** Loopback, no key, pages from loopback only. */
  public static ServerOptions local(int port, Path dataFolder) {
    return new ServerOptions(
        "127.0.0.1",
        port,
        List.of(),
        List.of(),
        DEFAULT_MAX_BODY_BYTES,
        dataFolder,
        Optional.empty(),
        Optional.empty(),
        LiveLimits.STANDARD,
        ServerState.RETENTION);
  }

  /** Listening elsewhere. */
  public ServerOptions withHost(String newHost) {
    return new ServerOptions(
        newHost,
        port,
        apiKeys,
        corsOrigins,
        maxBodyBytes,
        dataFolder,
        databaseUrl,
        tls,
        live,
        requestLog);
  }

  /** With the operator's keys. */
  public ServerOptions withApiKeys(List<String> keys) {
    return new ServerOptions(
        host,
        port,
        keys,
        corsOrigins,
        maxBodyBytes,
        dataFolder,
        databaseUrl,
        tls,
        live,
        requestLog);
  }

  /** With web pages that may call. */
  public ServerOptions withCorsOrigins(List<String> origins) {
    return new ServerOptions(
        host, port, apiKeys, origins, maxBodyBytes, dataFolder, databaseUrl, tls, live, requestLog);
  }

  /** With another limit of bodies. */
  public ServerOptions withMaxBodyBytes(long most) {
    return new ServerOptions(
        host, port, apiKeys, corsOrigins, most, dataFolder, databaseUrl, tls, live, requestLog);
  }

  /** With a database of its own. */
  public ServerOptions withDatabase(Optional<String> url) {
    return new ServerOptions(
        host, port, apiKeys, corsOrigins, maxBodyBytes, dataFolder, url, tls, live, requestLog);
  }

  /** Remembering for another time who asked when. */
  public ServerOptions withRequestLog(Duration kept) {
    return new ServerOptions(
        host, port, apiKeys, corsOrigins, maxBodyBytes, dataFolder, databaseUrl, tls, live, kept);
  }

  /** The file of the database, unless it is elsewhere. */
  Optional<Path> databaseFile() {
    return databaseUrl.isPresent() ? Optional.empty() : Optional.of(databaseFile(dataFolder));
  }

  /** Where the database of a data folder is. */
  public static Path databaseFile(Path dataFolder) {
    return dataFolder.resolve("pollux.db");
  }

  /** Whether only this machine can reach it. */
  boolean isLoopback() {
    return isLoopback(host);
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
