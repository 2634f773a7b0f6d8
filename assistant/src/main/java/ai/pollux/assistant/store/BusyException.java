package ai.pollux.assistant.store;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import java.util.Optional;

/** The hub asks to come again later. */
final class BusyException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final transient Optional<Duration> after;

  BusyException(String message, Optional<Duration> after) {
    super(message);
    this.after = after;
  }

  /** When, where it said so. */
  Optional<Duration> after() {
    return after;
  }
}
