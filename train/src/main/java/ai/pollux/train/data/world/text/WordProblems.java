package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Wording;
import ai.pollux.train.data.world.Wordlist;
import java.util.List;
import java.util.stream.Stream;

/** Small stories with numbers. */
final class WordProblems {
  private static final List<String> GOODS =
      Stream.concat(Wordlist.THINGS.stream(), Wordlist.FOODS.stream())
          .filter(thing -> !thing.equals("bread") && !thing.equals("cheese"))
          .toList();

  private WordProblems() {}

  private record Plot(int kind, int a, int b) {}

  static Quiz.Item item(Draw draw) {
    Plot plot =
        draw.fresh(
            () -> {
              int kind = draw.below(6);
              boolean times = kind == 2 || kind == 3;
              int a = times ? draw.between(2, 12) : draw.between(2, draw.of(20, 60));
              return new Plot(
                  kind, a, times ? draw.between(2, 9) : draw.between(1, kind == 1 ? a : 30));
            },
            Plot::toString);
    return tell(draw, plot);
  }

  private static Quiz.Item tell(Draw draw, Plot plot) {
    List<String> names = draw.some(Wordlist.NAMES, 2);
    String who = names.get(0);
    String other = names.get(1);
    String thing = draw.one(GOODS);
    String many = Wording.plural(thing);
    String a = Wording.count(plot.a, thing);
    int b = plot.b;
    return switch (plot.kind) {
      case 0 ->
          answer(
              draw.of(
                      "%s has %s. %s gives %1$s %d more. How many %s does %1$s have now?",
                      "%s finds %s. Then %s brings %d more. How many %s are there?")
                  .formatted(who, a, other, b, many),
              plot.a + " + " + b,
              plot.a + b);
      case 1 ->
          answer(
              draw.of(
                      "%s has %s and gives %d of them to %s. How many %s are left?",
                      "There are %2$s on the table. %1$s takes %3$d for %4$s. How many %5$s are left?")
                  .formatted(who, a, b, other, many),
              plot.a + " - " + b,
              plot.a - b);
      case 2 ->
          answer(
              draw.of(
                      "There are %d boxes with %d %s in each. How many %3$s are there in all?",
                      "%d children have %d %s each. How many %3$s do they have together?")
                  .formatted(b, plot.a, Wording.plural(thing)),
              b + " * " + plot.a,
              (long) b * plot.a);
      case 3 ->
          answer(
              "%s shares %d %s equally among %d friends. How many does each get?"
                  .formatted(who, plot.a * b, many, b),
              plot.a * b + " / " + b,
              plot.a);
      case 4 ->
          answer(
              "%s has %s. %s has %d. How many do they have together?".formatted(who, a, other, b),
              plot.a + " + " + b,
              plot.a + b);
      default ->
          answer(
              "%s has %d %s more than %s, who has %d. How many does %1$s have?"
                  .formatted(who, plot.a, many, other, b),
              b + " + " + plot.a,
              plot.a + b);
    };
  }

  private static Quiz.Item answer(String question, String sum, long value) {
    return new Quiz.Item(question, Answer.Numeric.of(value), sum + " = " + value + ".");
  }
}
