package ai.pollux.server.http;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the messages of a stream as they come. Each is flushed at once; a write to a client that
 * went away throws, which is how its generation ends.
 */
sealed interface ChunkWriter extends Closeable {
  /** Sends one message. */
  void message(String json) throws IOException;

  /** Sends an error after messages were sent: the status line is gone by then. */
  void error(String json) throws IOException;

  /**
   * Server-sent events, {@code alt=sse}: {@code data: {…}}, blank line. No event names and no end
   * mark, as Google sends them.
   */
  record ServerSentEvents(OutputStream out) implements ChunkWriter {
    @Override
    public void message(String json) throws IOException {
      send(out, "data: " + json + "\r\n\r\n");
    }

    /**
     * Some clients look for a bare object that comes as a network chunk of its own, others for an
     * event: both are sent.
     */
    @Override
    public void error(String json) throws IOException {
      send(out, json);
      send(out, "\r\n\r\ndata: " + json + "\r\n\r\n");
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }

  /** One JSON array whose elements come one by one: what clients get that do not ask for events. */
  final class JsonArray implements ChunkWriter {
    private final OutputStream out;
    private boolean isStarted;

    JsonArray(OutputStream out) {
      this.out = out;
    }

    @Override
    public void message(String json) throws IOException {
      send(out, (isStarted ? ",\r\n" : "[") + json + "\n");
      isStarted = true;
    }

    @Override
    public void error(String json) throws IOException {
      message(json);
    }

    @Override
    public void close() throws IOException {
      send(out, isStarted ? "]" : "[]");
      out.close();
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }
}
