package ai.pollux.cli;

import java.time.Duration;
import java.util.Locale;

/** Numbers as people read them. */
final class Units {
  private Units() {}

  /** Like {@code 1.2 GiB}. */
  static String bytes(long bytes) {
    String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < units.length - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  /** Like {@code 12 d 3 h}, {@code 2 h 05 min}, {@code 3 min 20 s} or {@code 8 s}. */
  static String duration(Duration duration) {
    if (duration.toDays() > 1) {
      return "%d d %d h".formatted(duration.toDays(), duration.toHoursPart());
    }
    if (duration.toHours() > 0) {
      return "%d h %02d min".formatted(duration.toHours(), duration.toMinutesPart());
    }
    return duration.toMinutes() > 0
        ? "%d min %02d s".formatted(duration.toMinutes(), duration.toSecondsPart())
        : duration.toSeconds() + " s";
  }

  /** Like {@code 999.9 M}: a count with its thousands. */
  static String count(long count) {
    String[] units = {"", " K", " M", " B", " T"};
    double value = count;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0
        ? Long.toString(count)
        : String.format(Locale.ROOT, "%.2f%s", value, units[unit]);
  }
}
