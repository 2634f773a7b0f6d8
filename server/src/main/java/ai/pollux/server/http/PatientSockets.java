package ai.pollux.server.http;

import io.helidon.common.socket.SocketOptions;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Options of accepted sockets: the given ones, and a read timeout, which Helidon has no setting for
 * that it applies to them. Its {@code HelidonSocket.idle()} watches a socket for that long; without
 * a timeout it gives up after a tenth of a second and takes the client for gone.
 */
record PatientSockets(SocketOptions given) implements SocketOptions {
  private static final Duration LONGEST_SILENCE =
      Duration.ofDays(20); // its milliseconds fit an int

  @Override
  public void configureSocket(Socket socket) {
    given.configureSocket(socket);
    try {
      socket.setSoTimeout((int) LONGEST_SILENCE.toMillis());
    } catch (SocketException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Map<SocketOption<?>, Object> socketOptions() {
    return given.socketOptions();
  }

  @Override
  public Duration connectTimeout() {
    return given.connectTimeout();
  }

  @Override
  public Duration readTimeout() {
    return LONGEST_SILENCE;
  }

  @Override
  public Optional<Integer> socketReceiveBufferSize() {
    return given.socketReceiveBufferSize();
  }

  @Override
  public Optional<Integer> socketSendBufferSize() {
    return given.socketSendBufferSize();
  }

  @Override
  public boolean socketReuseAddress() {
    return given.socketReuseAddress();
  }

  @Override
  public boolean socketKeepAlive() {
    return given.socketKeepAlive();
  }

  @Override
  public boolean tcpNoDelay() {
    return given.tcpNoDelay();
  }
}
