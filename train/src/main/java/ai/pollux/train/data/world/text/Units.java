package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import ai.pollux.train.data.world.Wording;
import java.util.List;

/** Hours in minutes, metres in centimetres. */
final class Units {
  /** One of the larger unit is {@code factor} of the smaller. */
  private record Pair(String large, String small, int factor) {}

  private static final List<Pair> PAIRS =
      List.of(
          new Pair("hour", "minute", 60),
          new Pair("minute", "second", 60),
          new Pair("day", "hour", 24),
          new Pair("week", "day", 7),
          new Pair("year", "month", 12),
          new Pair("meter", "centimeter", 100),
          new Pair("centimeter", "millimeter", 10),
          new Pair("kilometer", "meter", 1000),
          new Pair("kilogram", "gram", 1000),
          new Pair("dollar", "cent", 100),
          new Pair("dozen", "egg", 12));

  private Units() {}

  private record Amount(Pair pair, int count, boolean down) {}

  static Quiz.Item item(Draw draw) {
    Amount amount =
        draw.fresh(
            () -> new Amount(draw.one(PAIRS), draw.between(1, 20), draw.chance(0.6)),
            Amount::toString);
    String large = count(amount.count, amount.pair.large);
    int value = amount.count * amount.pair.factor;
    String small = Wording.count(value, amount.pair.small);
    return amount.down
        ? Quiz.number(
            draw.of("How many %s are in %s?", "How many %s do %s make?")
                .formatted(Wording.plural(amount.pair.small), large),
            value,
            "%s: that is %s.".formatted(large, small))
        : Quiz.number(
            draw.of("How many %s are %s?", "%2$s make how many %1$s?")
                .formatted(name(amount.pair.large), small),
            amount.count,
            "%s make %s.".formatted(Wording.capital(small), large));
  }

  private static String name(String large) {
    return large.equals("dozen") ? "dozens" : Wording.plural(large);
  }

  private static String count(int count, String unit) {
    return unit.equals("dozen") ? count + " dozen" : Wording.count(count, unit);
  }
}
