package ai.pollux.eval;

import java.util.List;
import java.util.Locale;

/** Numbers in answers. */
final class Digits {
  private static final List<String> WORDS =
      List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

  private Digits() {}

  /**
   * The digits that an answer names, in order, those written as words among them: "It is a seven."
   * gives 7.
   */
  static String only(String answer) {
    StringBuilder digits = new StringBuilder();
    for (String word : answer.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
      if (!word.isEmpty() && word.chars().allMatch(Character::isDigit)) {
        digits.append(word);
      } else if (WORDS.contains(word)) {
        digits.append(WORDS.indexOf(word));
      }
    }
    return digits.toString();
  }
}
