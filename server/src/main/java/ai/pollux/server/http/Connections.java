package ai.pollux.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * Helidon's HTTP/1.1 with two things more: while a handler runs, {@link #CURRENT} is the connection
 * that its request came by, which Helidon itself does not show; and what is read has bounds in size
 * and time.
 */
final class Connections implements ServerConnectionSelector {
  /** The connection of the request that this thread handles. */
  static final ScopedValue<Connection> CURRENT = ScopedValue.newInstance();

  private final ServerConnectionSelector http;

  /** Requests may become WebSockets. */
  Connections(Http1Upgrader webSockets) {
    http =
        Http1ConnectionSelector.builder()
            .config(Http1Config.create())
            .addUpgrader(new Noticed(webSockets))
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
    Connection known = new Connection(context.serverSocket());
    ConnectionContext bounded = new Bounded(context, known.bounded(context.dataReader()));
    return new Known(http.connection(bounded), known);
  }

  /** Whoever speaks WebSocket is no longer waited for. */
  private record Noticed(Http1Upgrader upgrader) implements Http1Upgrader {
    @Override
    public String supportedProtocol() {
      return upgrader.supportedProtocol();
    }

    @Override
    public @Nullable ServerConnection upgrade(
        ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
      ServerConnection upgraded = upgrader.upgrade(context, prologue, headers);
      if (upgraded != null) {
        CURRENT.get().serve();
      }
      return upgraded;
    }
  }

  /** A connection that says which it is. */
  private record Known(ServerConnection connection, Connection known) implements ServerConnection {
    @Override
    public void handle(Limit limit) throws InterruptedException {
      try {
        ScopedValue.where(CURRENT, known)
            .call(() -> {
              connection.handle(limit);
              return true;
            });
      } finally {
        known.end();
      }
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

  /** A connection's context with another reader. */
  private record Bounded(ConnectionContext context, DataReader dataReader)
      implements ConnectionContext {
    @Override
    public ListenerContext listenerContext() {
      return context.listenerContext();
    }

    @Override
    public ExecutorService executor() {
      return context.executor();
    }

    @Override
    public DataWriter dataWriter() {
      return context.dataWriter();
    }

    @Override
    public Router router() {
      return context.router();
    }

    @Override
    public Optional<ProxyProtocolData> proxyProtocolData() {
      return context.proxyProtocolData();
    }

    @Override
    public HelidonSocket serverSocket() {
      return context.serverSocket();
    }

    @Override
    public PeerInfo remotePeer() {
      return context.remotePeer();
    }

    @Override
    public PeerInfo localPeer() {
      return context.localPeer();
    }

    @Override
    public boolean isSecure() {
      return context.isSecure();
    }

    @Override
    public String socketId() {
      return context.socketId();
    }

    @Override
    public String childSocketId() {
      return context.childSocketId();
    }
  }
}
