package ai.pollux.train.data.world.picture;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Wording;
import java.util.ArrayList;
import java.util.List;

/** What can be asked about names with values. */
record SeriesQuestions(Draw draw, Series series) {
  /**
   * Different ones.
   *
   * @param thing what stands for a name: a bar, a point, a part
   * @param valued whether values can be read, not only compared
   */
  List<Quiz.Item> some(int count, String thing, boolean valued) {
    List<Quiz.Item> all = new ArrayList<>();
    if (valued && draw.chance(0.4)) {
      all.add(all());
    }
    for (int i = 0; i < 20 * count && all.size() < count; i++) {
      Quiz.Item item = valued && draw.chance(0.6) ? value() : compared(thing);
      if (all.stream().noneMatch(other -> other.question().equals(item.question()))) {
        all.add(item);
      }
    }
    return all;
  }

  /** Every name with its value, from left to right. */
  private Quiz.Item all() {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < series.values().size(); i++) {
      pairs.add(series.names().get(i) + " " + series.values().get(i));
    }
    String text = String.join(", ", pairs);
    return new Quiz.Item(
        draw.of("List all values.", "Read off all values."),
        new Answer.Exact(text),
        "The values are: " + text + ".");
  }

  private Quiz.Item value() {
    int i = draw.below(series.values().size());
    String name = series.names().get(i);
    int value = series.values().get(i);
    if (draw.chance(0.75)) {
      return Quiz.number(
          draw.of(
                  "What is the value of %s?",
                  "How much is %s?", "Which value does %s have?", "Read off %s.")
              .formatted(name),
          value,
          "%s is %d.".formatted(name, value));
    }
    int j = (i + draw.between(1, series.values().size() - 1)) % series.values().size();
    int difference = Math.abs(value - series.values().get(j));
    return Quiz.number(
        draw.of("What is the difference between %s and %s?", "How far apart are %s and %s?")
            .formatted(name, series.names().get(j)),
        difference,
        "The difference is %d.".formatted(difference));
  }

  private Quiz.Item compared(String thing) {
    boolean large = draw.chance(0.6);
    String best = series.names().get(large ? series.largest() : series.smallest());
    return switch (draw.below(5)) {
      case 0, 1 -> {
        String word =
            large ? draw.of("largest", "highest", "biggest") : draw.of("smallest", "lowest");
        yield Quiz.choice(
            draw.of("Which %s is the %s?", "Which %s has the %s value?").formatted(thing, word),
            best,
            series.names(),
            "%s is the %s.".formatted(best, word));
      }
      case 2 -> {
        int size = series.names().size();
        yield Quiz.number(
            "How many %s are there?".formatted(Wording.plural(thing)),
            size,
            "There are %s.".formatted(Wording.count(size, thing)));
      }
      default -> {
        int i = draw.below(series.values().size());
        int j = (i + draw.between(1, series.values().size() - 1)) % series.values().size();
        String a = series.names().get(i);
        String b = series.names().get(j);
        yield Quiz.yesNo(
            draw.of("Is %s more than %s?", "Is %s larger than %s?").formatted(a, b),
            series.values().get(i) > series.values().get(j),
            "%s is more.".formatted(a),
            "%s is not more.".formatted(a));
      }
    };
  }
}
