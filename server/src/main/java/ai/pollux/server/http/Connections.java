package ai.pollux.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Set;

/**
 * Helidon's HTTP/1.1, with one thing more: while a handler runs, {@link #SOCKET} is the connection
 * that its request came by. Helidon itself shows handlers no socket.
 */
final class Connections implements ServerConnectionSelector {
  /** The connection of the request that this thread handles. */
  static final ScopedValue<HelidonSocket> SOCKET = ScopedValue.newInstance();

  private final ServerConnectionSelector http;

  /** Requests may become WebSockets. */
  Connections(Http1Upgrader webSockets) {
    http =
        Http1ConnectionSelector.builder()
            .config(Http1Config.create())
            .addUpgrader(webSockets)
            .build();
  }

  @Override
  public int bytesToIdentifyConnection() {
    return http.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return http.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return http.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    return new Known(http.connection(context), context.serverSocket());
  }

  /** A connection that says which it is. */
  private record Known(ServerConnection connection, HelidonSocket socket)
      implements ServerConnection {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      ScopedValue.where(SOCKET, socket)
          .call(() -> {
            connection.handle(limit);
            return true;
          });
    }

    @Override
    public Duration idleTime() {
      return connection.idleTime();
    }

    @Override
    public void close(boolean interrupt) {
      connection.close(interrupt);
    }
  }
}
