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
    out.printf(
        Locale.ROOT,
        "\r%s [%s] %3.0f %%  %s of %s %s\033[K",
        label,
        bar,
        100 * share,
        Units.bytes(done),
        Units.bytes(total),
        note);
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
