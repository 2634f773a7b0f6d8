package ai.pollux.assistant.store;

import java.io.IOException;
import java.time.Duration;

/** Waits longer after every failure in a row, and gives up after some. Not safe for threads. */
final class Patience {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final HubSettings settings;
  private int failures;

  Patience(HubSettings settings) {
    this.settings = settings;
  }

  /** Something came: what failed before does not count any more. */
  void renew() {
    failures = 0;
  }

  /**
   * Waits before the next try.
   *
   * @throws StoreException if there have been too many
   */
  void waitAfter(IOException failure, String what) throws InterruptedException {
    failures++;
    if (failures >= settings.attempts()) {
      throw new StoreException(
          "%s: gave up after %d tries; the last one: %s. What came so far is kept: pull again to go on"
              .formatted(what, failures, reason(failure)),
          failure);
    }
    Duration pause = settings.firstPause().multipliedBy(1L << Math.min(failures - 1, 10));
    if (failure instanceof BusyException busy && busy.after().isPresent()) {
      pause = busy.after().get();
    }
    Thread.sleep(pause.compareTo(LONGEST) > 0 ? LONGEST : pause);
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.toString()
        : failure.getClass().getSimpleName() + ": " + message;
  }
}
