package ai.pollux.server.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.BadRequestException;
import io.helidon.webserver.CloseConnectionException;

/**
 * Reads a connection as Helidon does, with bounds that it has none for: on chunks of bodies, each
 * of which it holds in memory whole, and on the lines that say how long they are.
 */
final class BoundedReader extends DataReader {
  /** The longest chunk; clients send some kilobytes. */
  private static final int LARGEST_CHUNK = 16 << 20;

  /** The longest line outside of a request's head. */
  private static final int LONGEST_LINE = 128;

  private final Connection connection;

  /**
   * Goes on with what another reader has, and the data behind it.
   *
   * @param connection is told when bytes come
   */
  BoundedReader(DataReader reader, Connection connection) {
    super(() -> {
      try {
        byte[] bytes = reader.readBuffer().readBytes();
        connection.hasReceived();
        return bytes;
      } catch (InsufficientDataAvailableException e) {
        return null;
      }
    });
    this.connection = connection;
  }

  /** The line that begins or ends a chunk. */
  @Override
  public String readLine() {
    if (connection.isRefused()) {
      throw new BadRequestException("Chunked body: nothing is read behind a mistake.");
    }
    int length = super.findNewLine(LONGEST_LINE);
    if (length == LONGEST_LINE) {
      throw refuse("a size of more than %d digits".formatted(LONGEST_LINE));
    }
    String line = readAsciiString(length);
    skip(2);
    if (!line.isEmpty() && !line.matches("[0-9A-Fa-f]{1,15}")) {
      throw refuse("\"%s\"".formatted(line));
    }
    if (!line.isEmpty() && Long.parseLong(line, 16) > LARGEST_CHUNK) {
      throw refuse("a chunk of %,d bytes".formatted(Long.parseLong(line, 16)));
    }
    return line;
  }

  private BadRequestException refuse(String found) {
    connection.refuse();
    return new BadRequestException(
        "Chunked body: expected sizes of up to %,d in hexadecimal, without extensions or trailers; found %s."
            .formatted(LARGEST_CHUNK, found));
  }

  /**
   * The end of a request's first line, if there may be another request: Helidon itself leaves it to
   * clients to close connections that are to be closed.
   */
  @Override
  public int findNewLine(int most) {
    if (!connection.mayGoOn()) {
      throw new CloseConnectionException("the request before was the last, or refused");
    }
    return super.findNewLine(most);
  }
}
