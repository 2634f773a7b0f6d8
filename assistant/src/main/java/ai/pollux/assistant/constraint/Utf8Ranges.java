package ai.pollux.assistant.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sets of characters as the byte ranges of their UTF-8. */
final class Utf8Ranges {
  private static final int[] LAST_OF_LENGTH = {0x7F, 0x7FF, 0xFFFF};

  private Utf8Ranges() {}

  /** Each element is one run of byte ranges; their union is the set. */
  static List<Expr.Sequence> of(CodePoints set) {
    List<Expr.Sequence> out = new ArrayList<>();
    for (CodePoints.Range range : set.ranges()) {
      split(range.first(), range.last(), out);
    }
    return out;
  }

  private static void split(int first, int last, List<Expr.Sequence> out) {
    for (int limit : LAST_OF_LENGTH) {
      if (first <= limit && limit < last) {
        split(first, limit, out);
        split(limit + 1, last, out);
        return;
      }
    }
    for (int bits = 6; last > 0x7F && bits <= 18; bits += 6) {
      int mask = (1 << bits) - 1;
      if ((first & ~mask) != (last & ~mask)) {
        if ((first & mask) != 0) {
          split(first, first | mask, out);
          split((first | mask) + 1, last, out);
          return;
        }
        if ((last & mask) != mask) {
          split(first, (last & ~mask) - 1, out);
          split(last & ~mask, last, out);
          return;
        }
      }
    }
    out.add(bytes(first, last));
  }

  private static Expr.Sequence bytes(int first, int last) {
    byte[] from = Character.toString(first).getBytes(StandardCharsets.UTF_8);
    byte[] to = Character.toString(last).getBytes(StandardCharsets.UTF_8);
    List<Expr> ranges = new ArrayList<>();
    for (int i = 0; i < from.length; i++) {
      ranges.add(new Expr.ByteRange(from[i] & 0xFF, to[i] & 0xFF));
    }
    return new Expr.Sequence(ranges);
  }
}
