package ai.pollux.server.http;

import ai.pollux.assistant.Answer;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.CloseConnectionException;
import java.time.Duration;

/**
 * Ends an answer when the client has closed its connection, although nothing is written to it yet.
 * The socket is read meanwhile, by one byte, which Helidon gives to whoever reads next: a client
 * that sends its next request early loses nothing.
 */
final class ClientWatch implements AutoCloseable {
  private static final Duration EVERY = Duration.ofMillis(200);

  private final Thread watcher;
  private volatile boolean isGone;

  private ClientWatch(HelidonSocket socket, Answer answer) {
    watcher = Thread.ofVirtual().start(() -> watch(socket, answer));
  }

  /** Watches the client whose request this thread handles. All of the request has been read. */
  static ClientWatch of(Answer answer) {
    return new ClientWatch(Connections.CURRENT.get().socket(), answer);
  }

  private void watch(HelidonSocket socket, Answer answer) {
    try {
      Thread.sleep(EVERY); // most answers are done by then
      socket.idle();
      while (socket.isConnected()) {
        Thread.sleep(EVERY);
      }
      isGone = true;
      answer.close();
    } catch (InterruptedException e) {
      // The answer was ready first.
    }
  }

  /**
   * Goes on only while there is somebody to answer.
   *
   * @throws CloseConnectionException where the client went away
   */
  void check() {
    if (isGone) {
      throw new CloseConnectionException("the client went away");
    }
  }

  @Override
  public void close() {
    watcher.interrupt();
  }
}
