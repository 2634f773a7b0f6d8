package ai.pollux.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How fast bytes come, and how long the rest will take. Not safe for several threads. */
final class TransferRate {
  private static final double NANOS = 1e9;

  private final LongSupplier clock;
  private long startNanos;
  private long startBytes = -1;

  /**
   * @param clock in nanoseconds
   */
  TransferRate(LongSupplier clock) {
    this.clock = clock;
  }

  /** {@code 12.3 MiB/s, 1:05 left}; empty at first. What was there before it began counts not. */
  String after(long done, long total) {
    long now = clock.getAsLong();
    if (startBytes < 0) {
      startBytes = done;
      startNanos = now;
    }
    double seconds = (now - startNanos) / NANOS;
    if (seconds < 1 || done <= startBytes) {
      return "";
    }
    double perSecond = (done - startBytes) / seconds;
    Duration left = Duration.ofSeconds(Math.round((total - done) / perSecond));
    return "%s/s, %d:%02d left"
        .formatted(Units.bytes(Math.round(perSecond)), left.toMinutes(), left.toSecondsPart());
  }
}
