package ai.pollux.cli;

import java.io.PrintStream;
import java.util.Locale;

/**
 * A line on standard error that shows how far long work is: {@code loading [=====> ] 52 % 1.2 of
 * 2.3 GB}. Silent where standard error is not a terminal. Not safe for several threads.
 */
final class ProgressBar implements AutoCloseable {
  private static final int WIDTH = 30;
  private static final long MILLIS_BETWEEN_LINES = 50;

  private final PrintStream out;
  private final String label;
  private final boolean isShown;
  private long shownAtMillis;

  ProgressBar(String label) {
    this(label, System.err, Screen.isTerminal());
  }

  ProgressBar(String label, PrintStream out, boolean isShown) {
    this.label = label;
    this.out = out;
    this.isShown = isShown;
  }

  /** Shows that {@code done} of {@code total} bytes are done. */
  void update(long done, long total) {
    update(done, total, "");
  }

  /** Shows a note behind how far it is. */
  void update(long done, long total, String note) {
    show(done, total, Units.bytes(done) + " of " + Units.bytes(total) + " " + note);
  }

  /** Shows that {@code done} of {@code total} things are done. */
  void count(long done, long total, String things, String note) {
    show(done, total, "%d of %d %s, %s".formatted(done, total, things, note));
  }

  private void show(long done, long total, String text) {
    long now = System.currentTimeMillis();
    if (!isShown || (done < total && now - shownAtMillis < MILLIS_BETWEEN_LINES)) {
      return;
    }
    shownAtMillis = now;
    double share = total == 0 ? 1 : (double) done / total;
    int filled = (int) (share * WIDTH);
    String bar =
        "=".repeat(filled)
            + (filled < WIDTH ? ">" : "")
            + " ".repeat(Math.max(0, WIDTH - filled - 1));
    out.printf(Locale.ROOT, "\r%s [%s] %3.0f %%  %s\033[K", label, bar, 100 * share, text);
    out.flush();
  }

  /** Takes the line away. */
  @Override
  public void close() {
    if (isShown) {
      out.print("\r\033[K");
      out.flush();
    }
  }
}
