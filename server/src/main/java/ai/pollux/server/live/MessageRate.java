package ai.pollux.server.live;

import java.util.function.LongSupplier;

/**
 * Lets a number of messages pass per second, and a burst of them at once: a bucket that is filled
 * evenly. For one thread.
 */
public final class MessageRate {
  private final double perNano;
  private final int burst;
  private final LongSupplier nanoTime;
  private double left;
  private long last;

  /** A full bucket. */
  public MessageRate(int perSecond, int burst, LongSupplier nanoTime) {
    perNano = perSecond / 1e9;
    this.burst = burst;
    this.nanoTime = nanoTime;
    left = burst;
    last = nanoTime.getAsLong();
  }

  /** Takes one message out of the bucket; false where it is empty. */
  public boolean passes() {
    long now = nanoTime.getAsLong();
    left = Math.min(burst, left + (now - last) * perNano);
    last = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
