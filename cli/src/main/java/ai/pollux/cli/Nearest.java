package ai.pollux.cli;

import java.util.Comparator;
import java.util.List;

/** The name that somebody may have meant. */
final class Nearest {
  private Nearest() {}

  /** Of {@code names}, which must not be empty, the one that takes the fewest changes. */
  static String of(String written, List<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(written, name)))
        .orElseThrow();
  }

  /** Letters put in, taken out or replaced (Levenshtein). */
  static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
