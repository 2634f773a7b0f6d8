package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.Wordlist;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which is more, in what order, and how it is written. */
final class Numbers {
  private Numbers() {}

  private static List<Integer> different(Draw draw, int count) {
    int top = draw.of(20, 100, 1000);
    return draw.until(
        () -> IntStream.range(0, count).mapToObj(i -> draw.below(top)).toList(),
        all -> all.stream().distinct().count() == count,
        1000);
  }

  private static String list(List<?> all) {
    return all.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  static Quiz.Item compare(Draw draw) {
    List<Integer> all = draw.fresh(() -> different(draw, draw.between(2, 4)), Numbers::list);
    boolean largest = draw.chance(0.5);
    int value =
        all.stream()
            .max(largest ? Comparator.naturalOrder() : Comparator.reverseOrder())
            .orElseThrow();
    if (all.size() == 2 && draw.chance(0.4)) {
      boolean more = draw.chance(0.5);
      return Quiz.yesNo(
          "Is %d %s than %d?"
              .formatted(
                  all.get(0),
                  more ? draw.of("more", "larger", "greater") : draw.of("less", "smaller"),
                  all.get(1)),
          more == all.get(0) > all.get(1),
          "it is.",
          "it is not.");
    }
    String word =
        largest ? draw.of("largest", "biggest", "greatest") : draw.of("smallest", "least");
    return Quiz.number(
        draw.of(
            "Which number is the %s: %s?".formatted(word, list(all)),
            "Find the %s of %s.".formatted(word, list(all))),
        value,
        "The %s is %d.".formatted(word, value));
  }

  static Quiz.Item sort(Draw draw) {
    boolean down = draw.chance(0.35);
    if (draw.chance(0.4)) {
      List<String> words =
          draw.fresh(() -> draw.some(Wordlist.ALL, draw.between(3, 5)), String::valueOf);
      String sorted = list(words.stream().sorted().toList());
      return new Quiz.Item(
          draw.of("Sort alphabetically: ", "Put these words in alphabetical order: ") + list(words),
          new Answer.Exact(sorted),
          "");
    }
    List<Integer> all = draw.fresh(() -> different(draw, draw.between(3, 6)), Numbers::list);
    Comparator<Integer> order = down ? Comparator.reverseOrder() : Comparator.naturalOrder();
    String how =
        down
            ? draw.of("from largest to smallest", "in descending order")
            : draw.of("from smallest to largest", "in ascending order");
    return new Quiz.Item(
        draw.of("Sort %s: %s", "Put these numbers %s: %s").formatted(how, list(all)),
        new Answer.Exact(list(all.stream().sorted(order).toList())),
        "");
  }

  static Quiz.Item numerals(Draw draw) {
    int number = draw.fresh(() -> draw.below(draw.of(100, 1000)), n -> "numeral " + n);
    String words = Wording.inWords(number);
    if (draw.chance(0.5)) {
      return Quiz.number(
          draw.of("Write %s in digits.", "Which number is %s?", "Digits for: %s").formatted(words),
          number,
          "%s is %d.".formatted(Wording.capital(words), number));
    }
    return Quiz.choice(
        draw.of("Write %d in words.", "How do you write %d in words?", "Spell the number %d.")
            .formatted(number),
        words,
        List.of(),
        "%d is %s.".formatted(number, words));
  }
}
