package ai.pollux.train.data.corpora;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values with quotes, RFC 4180. */
final class Csv {
  private Csv() {}

  /** Rows of fields; a quoted field may hold commas, line ends and doubled quotes. */
  static List<List<String>> parse(String text) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (quoted) {
        if (each != '"') {
          field.append(each);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else {
        switch (each) {
          case '"' -> quoted = true;
          case ',' -> end(field, row);
          case '\n' -> {
            end(field, row);
            rows.add(List.copyOf(row));
            row.clear();
          }
          case '\r' -> {}
          default -> field.append(each);
        }
      }
    }
    if (!field.isEmpty() || !row.isEmpty()) {
      end(field, row);
      rows.add(List.copyOf(row));
    }
    return rows;
  }

  private static void end(StringBuilder field, List<String> row) {
    row.add(field.toString());
    field.setLength(0);
  }
}
