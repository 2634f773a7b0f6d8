package ai.pollux.server.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import java.io.UncheckedIOException;
import java.time.Duration;

/**
 * A connection, and how long its requests may take to come. Who sends a head or a body byte by
 * byte, or stops in the middle, is left alone for so long and then cut off. For the one thread that
 * reads it.
 */
final class Connection {
  /** From a request's first byte to the end of its head; the same for a body that nobody wanted. */
  static final Duration LONGEST_HEAD = Duration.ofSeconds(30);

  private static final Duration LINGER = Duration.ofMillis(200);

  private final HelidonSocket socket;
  private Patience patience = Patience.ENDLESS;
  private boolean isServed;
  private boolean isLast;
  private boolean isRefused;

  Connection(HelidonSocket socket) {
    this.socket = socket;
  }

  HelidonSocket socket() {
    return socket;
  }

  /** Reads what {@code reader} would, within bounds, and notes when it comes. */
  DataReader bounded(DataReader reader) {
    return new BoundedReader(reader, this);
  }

  /** Cuts the connection off unless what is waited for comes in time. */
  Patience patience(Duration longest) {
    return Patience.with(socket, longest);
  }

  /** Bytes came. Where no request is being served, they begin one. */
  void hasReceived() {
    if (!isServed && patience.timer().isEmpty()) {
      patience = Patience.with(socket, LONGEST_HEAD);
    }
  }

  /** The request that is served is the last one: its client asks to close the connection. */
  void last() {
    isLast = true;
  }

  boolean mayGoOn() {
    return !isLast && !isRefused;
  }

  /** What came is no request that can be trusted: the connection ends when it is answered. */
  void refuse() {
    isRefused = true;
  }

  boolean isRefused() {
    return isRefused;
  }

  /**
   * Nothing more is waited for. A connection that is closed while bytes are unread takes its last
   * answer with it, so those of a refused one are read for a moment.
   */
  void end() {
    patience.close();
    if (isRefused) {
      try (Patience _ = patience(LINGER)) {
        BufferData rest = BufferData.create(1 << 16);
        while (socket.read(rest.clear()) > 0) {
          // Nobody wants it.
        }
      } catch (UncheckedIOException e) {
        // It is closed by now.
      }
    }
  }

  /** A request's head is there, and from now on it is served. */
  void serve() {
    isServed = true;
    patience.close();
    patience = Patience.ENDLESS;
  }

  /** A request was served. */
  void served() {
    isServed = false;
  }
}
