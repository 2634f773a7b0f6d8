package ai.pollux.train.data.world;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of a text: lower case, letters and digits only. */
record Words(List<String> all) {
  private static final Pattern GAP = Pattern.compile("[^a-z0-9]+");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\d.])-?\\d+(?:,\\d{3})*(?:\\.\\d+)?");

  static Words of(String text) {
    return new Words(
        Arrays.stream(GAP.split(text.toLowerCase(Locale.ROOT)))
            .filter(word -> !word.isEmpty())
            .toList());
  }

  boolean contains(String text) {
    return contains(of(text));
  }

  boolean contains(Words part) {
    return Collections.indexOfSubList(all, part.all) >= 0;
  }

  /** These without the first place where a text stands. */
  Words without(String text) {
    List<String> part = of(text).all;
    int at = Collections.indexOfSubList(all, part);
    if (at < 0) {
      return this;
    }
    List<String> rest = new java.util.ArrayList<>(all.subList(0, at));
    rest.add("|"); // nothing may match across the gap
    rest.addAll(all.subList(at + part.size(), all.size()));
    return new Words(List.copyOf(rest));
  }

  /** The last number in digits; where there are none, the last number that is a word. */
  static OptionalDouble lastNumber(String text) {
    OptionalDouble last = OptionalDouble.empty();
    Matcher matcher = NUMBER.matcher(text);
    while (matcher.find()) {
      last = OptionalDouble.of(Double.parseDouble(matcher.group().replace(",", "")));
    }
    if (last.isEmpty()) {
      for (String word : of(text).all) {
        int value = Wording.NUMBERS.indexOf(word);
        last = value < 0 ? last : OptionalDouble.of(value);
      }
    }
    return last;
  }

  /** A text with single spaces, without quotes around it and the full stop after it. */
  static String trimmed(String text) {
    String plain = text.strip().replaceAll("\\s+", " ");
    if (plain.length() > 1 && plain.startsWith("\"") && plain.endsWith("\"")) {
      plain = plain.substring(1, plain.length() - 1);
    }
    return plain.length() > 1 && plain.endsWith(".")
        ? plain.substring(0, plain.length() - 1)
        : plain;
  }
}
