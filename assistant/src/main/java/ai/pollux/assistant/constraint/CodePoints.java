package ai.pollux.assistant.constraint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A set of Unicode characters: ranges in order that neither touch nor overlap, without surrogates.
 */
record CodePoints(List<Range> ranges) {
  /** From {@code first} to {@code last}. */
  record Range(int first, int last) {}

  static final CodePoints NONE = new CodePoints(List.of());
  static final CodePoints ALL = of(0, Character.MAX_CODE_POINT);

  CodePoints {
    ranges = List.copyOf(ranges);
  }

  static CodePoints of(int first, int last) {
    List<Range> ranges = new ArrayList<>();
    addWithoutSurrogates(first, last, ranges);
    return new CodePoints(ranges);
  }

  /** The characters of a text. */
  static CodePoints of(String characters) {
    CodePoints all = NONE;
    for (int each : characters.codePoints().toArray()) {
      all = all.or(of(each, each));
    }
    return all;
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  boolean contains(int codePoint) {
    return ranges.stream().anyMatch(r -> r.first() <= codePoint && codePoint <= r.last());
  }

  CodePoints or(CodePoints other) {
    List<Range> all = new ArrayList<>(ranges);
    all.addAll(other.ranges);
    all.sort(Comparator.comparingInt(Range::first));
    List<Range> joined = new ArrayList<>();
    for (Range range : all) {
      Range last = joined.isEmpty() ? new Range(-2, -2) : joined.getLast();
      if (range.first() <= last.last() + 1) {
        joined.removeLast();
        joined.add(new Range(last.first(), Math.max(last.last(), range.last())));
      } else {
        joined.add(range);
      }
    }
    return new CodePoints(joined);
  }

  CodePoints not() {
    List<Range> rest = new ArrayList<>();
    int from = 0;
    for (Range range : ranges) {
      addWithoutSurrogates(from, range.first() - 1, rest);
      from = range.last() + 1;
    }
    addWithoutSurrogates(from, Character.MAX_CODE_POINT, rest);
    return new CodePoints(rest);
  }

  CodePoints and(CodePoints other) {
    return not().or(other.not()).not();
  }

  CodePoints minus(CodePoints other) {
    return and(other.not());
  }

  private static void addWithoutSurrogates(int first, int last, List<Range> out) {
    if (first > last) {
      return;
    }
    if (first <= Character.MAX_SURROGATE && last >= Character.MIN_SURROGATE) {
      addWithoutSurrogates(first, Character.MIN_SURROGATE - 1, out);
      addWithoutSurrogates(Character.MAX_SURROGATE + 1, last, out);
    } else {
      out.add(new Range(first, last));
    }
  }
}
