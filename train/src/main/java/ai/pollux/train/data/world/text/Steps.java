package ai.pollux.train.data.world.text;

import ai.pollux.train.data.world.Answer;
import ai.pollux.train.data.world.Draw;
import ai.pollux.train.data.world.Quiz;
import java.util.ArrayList;
import java.util.List;

/** Sums worked out digit by digit, as on paper. */
final class Steps {
  private Steps() {}

  static Quiz.Item item(Draw draw) {
    Arithmetic.Sum sum =
        draw.fresh(
            () -> {
              Arithmetic.Sum any = Arithmetic.anySum(draw);
              return draw.chance(0.25)
                  ? new Arithmetic.Sum(draw.between(11, 99), '*', draw.between(2, 9))
                  : any.value() < 0 ? new Arithmetic.Sum(any.b(), '-', any.a()) : any;
            },
            Arithmetic.Sum::content);
    String written = sum.a() + " " + sum.sign() + " " + sum.b();
    List<String> steps =
        switch (sum.sign()) {
          case '+' -> add(sum.a(), sum.b());
          case '-' -> subtract(sum.a(), sum.b());
          default -> multiply(sum.a(), sum.b());
        };
    String text = String.join("\n", steps) + "\nThe answer is " + sum.value() + ".";
    String question =
        draw.of(
            "Work out " + written + " step by step.",
            "What is " + written + "? Show your steps.",
            "Calculate " + written + " digit by digit.",
            "Think step by step: " + written + " = ?");
    return new Quiz.Item(question, new Answer.Said(text, Answer.Numeric.of(sum.value())), "");
  }

  private static List<String> add(int a, int b) {
    List<String> steps = new ArrayList<>();
    int carry = 0;
    for (int x = a, y = b; x > 0 || y > 0 || steps.isEmpty(); x /= 10, y /= 10) {
      int sum = x % 10 + y % 10 + carry;
      String terms = x % 10 + " + " + y % 10 + (carry > 0 ? " + 1" : "");
      carry = sum / 10;
      steps.add(terms + " = " + sum + (carry > 0 ? ", write " + sum % 10 + ", carry 1" : ""));
    }
    return steps;
  }

  private static List<String> subtract(int a, int b) {
    List<String> steps = new ArrayList<>();
    int borrow = 0;
    for (int x = a, y = b; x > 0 || y > 0 || steps.isEmpty(); x /= 10, y /= 10) {
      int upper = x % 10 - borrow;
      int lower = y % 10;
      borrow = upper < lower ? 1 : 0;
      int shown = upper + 10 * borrow;
      steps.add(shown + " - " + lower + " = " + (shown - lower) + (borrow > 0 ? ", borrow 1" : ""));
    }
    return steps;
  }

  private static List<String> multiply(int a, int b) {
    int tens = a / 10 * 10;
    int ones = a % 10;
    return List.of(
        tens + " * " + b + " = " + tens * b,
        ones + " * " + b + " = " + ones * b,
        tens * b + " + " + ones * b + " = " + a * b);
  }
}
