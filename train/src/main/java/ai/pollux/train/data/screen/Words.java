package ai.pollux.train.data.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Ways to cut a text into words and lines. */
final class Words {
  private Words() {}

  /** What stands between white space. */
  static List<String> spaced(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() ? List.of() : List.of(stripped.split("\\s+"));
  }

  /** Runs of letters and digits, lower case: what is compared between texts. */
  static List<String> plain(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    int from = -1;
    for (int i = 0; i < lower.length(); ) {
      int point = lower.codePointAt(i);
      if (Character.isLetterOrDigit(point)) {
        from = from < 0 ? i : from;
      } else if (from >= 0) {
        words.add(lower.substring(from, i));
        from = -1;
      }
      i += Character.charCount(point);
    }
    if (from >= 0) {
      words.add(lower.substring(from));
    }
    return words;
  }

  /** Lines that are not blank, without the space around them. */
  static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** Paragraphs: what stands between blank lines. */
  static List<String> paragraphs(String text) {
    return List.of(text.strip().split("\\n\\s*\\n"));
  }
}
