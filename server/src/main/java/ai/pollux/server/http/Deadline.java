package ai.pollux.server.http;

import ai.pollux.assistant.Answer;
import ai.pollux.server.gemini.ApiException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.Optional;

/**
 * Ends an answer when the client's patience does: SDKs send their timeout as {@code
 * X-Server-Timeout}, in seconds.
 */
final class Deadline implements AutoCloseable {
  private static final HeaderName TIMEOUT = HeaderNames.create("X-Server-Timeout");

  private final Optional<Thread> timer;
  private volatile boolean hasPassed;

  private Deadline(Optional<Duration> timeout, Answer answer) {
    timer = timeout.map(duration -> Thread.ofVirtual().start(() -> wait(duration, answer)));
  }

  static Deadline of(ServerRequest request, Answer answer) {
    return new Deadline(request.headers().first(TIMEOUT).map(Deadline::duration), answer);
  }

  private static Duration duration(String seconds) {
    try {
      double value = Double.parseDouble(seconds.strip());
      if (value > 0 && value < Integer.MAX_VALUE) {
        return Duration.ofMillis((long) Math.ceil(value * 1000));
      }
    } catch (NumberFormatException e) {
      // Answered below, like every other value that is no timeout.
    }
    throw ApiException.invalid(
        "X-Server-Timeout",
        "X-Server-Timeout: expected seconds above 0, found \"" + seconds + "\".");
  }

  private void wait(Duration timeout, Answer answer) {
    try {
      Thread.sleep(timeout);
      hasPassed = true;
      answer.close();
    } catch (InterruptedException e) {
      // The answer was ready in time.
    }
  }

  /**
   * Goes on only while there is time.
   *
   * @throws ApiException DEADLINE_EXCEEDED
   */
  void check() {
    if (hasPassed) {
      throw new ApiException(
          ApiException.Status.DEADLINE_EXCEEDED,
          "Deadline expired before operation could complete.");
    }
  }

  @Override
  public void close() {
    timer.ifPresent(Thread::interrupt);
  }
}
