package ai.pollux.train.data.world;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Words for numbers and things. */
public final class Wording {
  /** Zero to twenty. */
  public static final List<String> NUMBERS =
      List.of(
          "zero",
          "one",
          "two",
          "three",
          "four",
          "five",
          "six",
          "seven",
          "eight",
          "nine",
          "ten",
          "eleven",
          "twelve",
          "thirteen",
          "fourteen",
          "fifteen",
          "sixteen",
          "seventeen",
          "eighteen",
          "nineteen",
          "twenty");

  private static final List<String> TENS =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

  /** Answers to what may be so or not. */
  public static final List<String> YES_NO = List.of("yes", "no");

  /** Answers to a claim. */
  public static final List<String> TRUE_FALSE = List.of("true", "false");

  private static final Map<String, String> IRREGULAR =
      Map.of(
          "fish",
          "fish",
          "sheep",
          "sheep",
          "deer",
          "deer",
          "mouse",
          "mice",
          "wolf",
          "wolves",
          "leaf",
          "leaves",
          "potato",
          "potatoes",
          "tomato",
          "tomatoes");

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

  /** More than one of a thing; of several words, the last one changes. */
  public static String plural(String thing) {
    int space = thing.lastIndexOf(' ');
    String noun = thing.substring(space + 1);
    String many = IRREGULAR.get(noun);
    return thing.substring(0, space + 1) + (many == null ? regular(noun) : many);
  }

  private static String regular(String noun) {
    if (noun.endsWith("x") || noun.endsWith("s") || noun.endsWith("ch") || noun.endsWith("sh")) {
      return noun + "es";
    }
    boolean hasVowel = noun.length() > 1 && "aeiou".indexOf(noun.charAt(noun.length() - 2)) >= 0;
    return noun.endsWith("y") && !hasVowel
        ? noun.substring(0, noun.length() - 1) + "ies"
        : noun + "s";
  }

  /** {@code a circle}, {@code an orange}. */
  public static String a(String thing) {
    return ("aeiou".indexOf(thing.charAt(0)) >= 0 ? "an " : "a ") + thing;
  }

  /** With a capital at the beginning. */
  public static String capital(String text) {
    return text.isEmpty()
        ? text
        : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** {@code is 1 circle}, {@code are 2 circles}. */
  public static String be(int number) {
    return number == 1 ? "is" : "are";
  }
}
