package ai.pollux.eval;

import java.util.Locale;

/** A report as people read it. */
public final class ReportText {
  private ReportText() {}

  /** A line for each task, one for all; lines end with a newline. */
  public static String of(Report report) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT, "%s, %s, %.0f s%n", report.benchmark(), report.model(), report.seconds()));
    int width = report.tasks().stream().mapToInt(task -> task.task().length()).max().orElse(0);
    if (report.tasks().size() > 1) {
      report.tasks().forEach(task -> text.append(line(task, width)));
    }
    return text.append(line(report.total(), width)).toString();
  }

  private static String line(TaskScore score, int width) {
    String failed = score.failed() == 0 ? "" : ", %d without an answer".formatted(score.failed());
    return String.format(
        Locale.ROOT,
        "  %-" + Math.max(3, width) + "s  %6.2f %%  (%.1f to %.1f)  %d of %d%s%n",
        score.task(),
        100 * score.accuracy(),
        100 * score.low(),
        100 * score.high(),
        score.right(),
        score.questions(),
        failed);
  }
}
