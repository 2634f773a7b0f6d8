package ai.pollux.train.data.world;

import java.util.List;
import java.util.Locale;

/** Words for numbers and things. */
public final class Wording {
  /** Zero to twenty. */
  public static final List<String> NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
          "nineteen", "twenty");

  private static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

  /** Answers to what may be so or not. */
  public static final List<String> YES_NO = List.of("yes", "no");

  /** Answers to a claim. */
  public static final List<String> TRUE_FALSE = List.of("true", "false");

  private Wording() {}

  /** A number from 0 to 999 in words. */
  public static String inWords(int number) {
    if (number <= 20) {
      return NUMBERS.get(number);
    }
    if (number < 100) {
      int rest = number % 10;
      return TENS.get(number / 10 - 2) + (rest == 0 ? "" : "-" + NUMBERS.get(rest));
    }
    int rest = number % 100;
    return NUMBERS.get(number / 100) + " hundred" + (rest == 0 ? "" : " " + inWords(rest));
  }

  /** {@code 2 circles}, {@code 1 circle}. */
  public static String count(int number, String thing) {
    return number + " " + (number == 1 ? thing : plural(thing));
  }

  /** More than one of a thing. */
  public static String plural(String thing) {
    if (thing.endsWith("x") || thing.endsWith("s") || thing.endsWith("ch")) {
      return thing + "es";
    }
    return thing.endsWith("y") && !thing.endsWith("ay") && !thing.endsWith("oy")
        ? thing.substring(0, thing.length() - 1) + "ies"
        : thing + "s";
  }

  /** {@code a circle}, {@code an orange}. */
  public static String a(String thing) {
    return ("aeiou".indexOf(thing.charAt(0)) >= 0 ? "an " : "a ") + thing;
  }

  /** With a capital at the beginning. */
  public static String capital(String text) {
    return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** {@code is 1 circle}, {@code are 2 circles}. */
  public static String be(int number) {
    return number == 1 ? "is" : "are";
  }
}
