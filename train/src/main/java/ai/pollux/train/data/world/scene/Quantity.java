package ai.pollux.train.data.world.scene;

import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Wording;

/**
 * How many: in words, and from what to what. More than {@code vague} is neither clearly right nor
 * clearly wrong.
 *
 * @param isPlural whether "are" and a plural follow
 */
record Quantity(String words, int low, int high, int vague, boolean isPlural) {
  private static final int ANY = 1000;

  boolean holds(int count) {
    return count >= low && count <= high;
  }

  boolean isClear(int count) {
    return count <= vague;
  }

  /** Of up to {@code most}. */
  static Quantity draw(Draw draw, int most) {
    int n = draw.between(1, most);
    String number = number(draw, n);
    return switch (draw.below(10)) {
      case 0, 1 -> new Quantity("a", 1, ANY, ANY, false);
      case 2 -> new Quantity(draw.of("exactly ", "only ", "exactly ") + number, n, n, ANY, n > 1);
      case 3 -> new Quantity("exactly " + number, n, n, ANY, n > 1);
      case 4, 5 ->
          new Quantity(draw.of("at least ", "at least ", "atleast ") + number, n, ANY, ANY, n > 1);
      case 6 -> new Quantity("at most " + number, 0, n, ANY, n > 1);
      case 7 -> new Quantity("no", 0, 0, ANY, false);
      case 8 -> new Quantity("more than " + number, n + 1, ANY, ANY, n > 1);
      default ->
          n == 1 ? new Quantity(number, 1, 1, 1, false) : new Quantity(number, n, n, n, true);
    };
  }

  /** One, or a few of them, for things inside of something that is counted already. */
  static Quantity inner(Draw draw, int most) {
    return draw.until(() -> draw(draw, most), any -> !any.words.startsWith("at most"), 20);
  }

  /** {@code 3} or {@code three}. */
  static String number(Draw draw, int n) {
    return draw.chance(0.4) ? String.valueOf(n) : Wording.NUMBERS.get(n);
  }

  /** {@code There are}. */
  String there() {
    return isPlural ? "There are" : "There is";
  }

  /** With an article that fits, or the number, and one or many of a thing. */
  String of(String thing) {
    if (words.equals("a")) {
      return Wording.a(thing);
    }
    return words + " " + (isPlural ? plural(thing) : thing);
  }

  /** The plural of the word before "of", "with" or "touching". */
  private static String plural(String thing) {
    int end = thing.length();
    for (String link : new String[] {" that", " with", " touching", " not", " closely", " of"}) {
      int at = thing.indexOf(link);
      end = at >= 0 && at < end ? at : end;
    }
    return Wording.plural(thing.substring(0, end)) + thing.substring(end);
  }
}
