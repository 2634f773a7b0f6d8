package ai.pollux.server.http;

import io.helidon.common.socket.HelidonSocket;
import java.time.Duration;
import java.util.Optional;

/** Closes a socket unless it is itself closed before the time is up. */
record Patience(Optional<Thread> timer) implements AutoCloseable {
  /** Waits for ever. */
  static final Patience ENDLESS = new Patience(Optional.empty());

  static Patience with(HelidonSocket socket, Duration longest) {
    return new Patience(Optional.of(Thread.ofVirtual().start(() -> wait(socket, longest))));
  }

  private static void wait(HelidonSocket socket, Duration longest) {
    try {
      Thread.sleep(longest);
      socket.close();
    } catch (InterruptedException e) {
      // It came in time.
    }
  }

  @Override
  public void close() {
    timer.ifPresent(Thread::interrupt);
  }
}
