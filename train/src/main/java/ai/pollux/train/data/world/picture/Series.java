package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Wordlist;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Names with values.
 *
 * @param step all values are multiples of it
 */
record Series(List<String> names, List<Integer> values, int step) {
  private static final List<String> LETTERS = List.of("A", "B", "C", "D", "E", "F", "G", "H");
  private static final List<String> SHORT =
      Stream.of(Wordlist.ANIMALS, Wordlist.THINGS)
          .flatMap(List::stream)
          .filter(word -> word.length() == 3)
          .toList();
  private static final List<String> WEEK =
      Wordlist.DAYS.stream().map(day -> day.substring(0, 2)).toList();

  /** Up to ten steps each; the largest and the smallest are single. */
  static Series of(Draw draw, int count) {
    int step = draw.of(1, 1, 2, 5, 10);
    List<Integer> values =
        draw.until(
            () -> {
              List<Integer> any = new ArrayList<>();
              for (int i = 0; i < count; i++) {
                any.add(draw.between(1, 10) * step);
              }
              return any;
            },
            any ->
                Collections.frequency(any, Collections.max(any)) == 1
                    && Collections.frequency(any, Collections.min(any)) == 1,
            1000);
    return new Series(names(draw, count), values, step);
  }

  static List<String> names(Draw draw, int count) {
    return switch (draw.below(3)) {
      case 0 -> LETTERS.subList(0, count);
      case 1 -> WEEK.subList(0, count);
      default -> draw.some(SHORT, count);
    };
  }

  int largest() {
    return values.indexOf(Collections.max(values));
  }

  int smallest() {
    return values.indexOf(Collections.min(values));
  }

  String content() {
    return (names + " " + values).toLowerCase(Locale.ROOT);
  }
}
