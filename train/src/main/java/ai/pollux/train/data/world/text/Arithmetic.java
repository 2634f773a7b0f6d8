package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;

/** Sums of up to three digits. What commutes is one content. */
final class Arithmetic {
  private Arithmetic() {}

  /** Two numbers and what is done with them. */
  record Sum(int a, char sign, int b) {
    int value() {
      return switch (sign) {
        case '+' -> a + b;
        case '-' -> a - b;
        case '*' -> a * b;
        default -> a / b;
      };
    }

    String content() {
      boolean swaps = (sign == '+' || sign == '*') && a > b;
      return swaps ? b + " " + sign + " " + a : a + " " + sign + " " + b;
    }
  }

  /** A number of one to three digits; few of one. */
  static int number(Draw draw) {
    int digits = draw.of(1, 2, 2, 3, 3);
    return draw.below(digits == 1 ? 10 : digits == 2 ? 100 : 1000);
  }

  static Sum anySum(Draw draw) {
    int a = number(draw);
    int b = number(draw);
    if (draw.chance(0.5)) {
      return new Sum(a, '+', b);
    }
    return a >= b || draw.chance(0.15) ? new Sum(a, '-', b) : new Sum(b, '-', a);
  }

  static Quiz.Item sum(Draw draw) {
    Sum sum = draw.fresh(() -> anySum(draw), Sum::content);
    return item(draw, sum);
  }

  static Quiz.Item product(Draw draw) {
    Sum sum =
        draw.fresh(
            () -> {
              int a = draw.chance(0.6) ? draw.below(13) : draw.below(100);
              int b = a > 12 ? draw.between(2, 9) : draw.between(1, 12);
              return draw.chance(0.6) ? new Sum(a, '*', b) : new Sum(a * b, '/', b);
            },
            Sum::content);
    return item(draw, sum);
  }

  private static Quiz.Item item(Draw draw, Sum sum) {
    String written = sum.a + " " + sum.sign + " " + sum.b;
    return Quiz.number(
        question(draw, sum, written), sum.value(), written + " is " + sum.value() + ".");
  }

  private static String question(Draw draw, Sum sum, String written) {
    String word =
        switch (sum.sign) {
          case '+' -> "plus";
          case '-' -> "minus";
          case '*' -> "times";
          default -> "divided by";
        };
    String order =
        switch (sum.sign) {
          case '+' -> "Add %2$d to %1$d.";
          case '-' -> "Subtract %2$d from %1$d.";
          case '*' -> "Multiply %1$d by %2$d.";
          default -> "Divide %1$d by %2$d.";
        };
    return switch (draw.below(7)) {
      case 0 -> "What is " + written + "?";
      case 1 -> written + " =";
      case 2 -> written.replace(" ", "") + "=?";
      case 3 -> "How much is " + sum.a + " " + word + " " + sum.b + "?";
      case 4 -> order.formatted(sum.a, sum.b);
      case 5 -> "Calculate " + written + ".";
      default -> "What is " + sum.a + " " + word + " " + sum.b + "?";
    };
  }

  /** Three terms. */
  static Quiz.Item terms(Draw draw) {
    int[] terms =
        draw.fresh(
            () -> new int[] {draw.below(100), draw.below(50), draw.between(-50, 50)},
            all -> all[0] + " + " + all[1] + " + " + all[2]);
    long value = (long) terms[0] + terms[1] + terms[2];
    String written =
        terms[0] + " + " + terms[1] + (terms[2] < 0 ? " - " : " + ") + Math.abs(terms[2]);
    return new Quiz.Item(
        draw.of("What is " + written + "?", "Calculate " + written + ".", written + " ="),
        Answer.Numeric.of(value),
        written + " is " + value + ".");
  }
}
