package ai.pollux.assistant.constraint;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands behind a whole number: nothing, or a point and up to {@code scale} digits, of a value
 * between two bounds.
 *
 * @param least digits of the lower bound; all zeros for none
 * @param most digits of the upper bound; empty for none
 * @param leastExcluded whether the lower bound itself is no value
 * @param mostExcluded whether the upper bound itself is no value
 */
record Fraction(String least, String most, boolean leastExcluded, boolean mostExcluded) {
  /** Any value. */
  static Fraction any(int scale) {
    return new Fraction("0".repeat(scale), "", false, false);
  }

  Expr expr() {
    boolean hasMost = !most.isEmpty();
    Expr none = mayEnd(0, true, hasMost) ? Expr.EMPTY : Expr.NOTHING;
    return Expr.choice(none, Expr.sequence(Expr.literal("."), more(0, true, hasMost)));
  }

  /**
   * At least one more digit.
   *
   * @param low whether the digits so far are those of the lower bound
   * @param high whether they are those of the upper bound
   */
  private Expr more(int at, boolean low, boolean high) {
    if (at == least.length()) {
      return Expr.NOTHING;
    }
    if (!low && !high) {
      return Digits.upTo(1, least.length() - at);
    }
    char from = low ? least.charAt(at) : '0';
    char to = high ? most.charAt(at) : '9';
    List<Expr> ways = new ArrayList<>();
    if (from == to) {
      ways.add(digit(from, at, low, high));
    } else if (from < to) {
      ways.add(digit(from, at, low, false));
      ways.add(
          Expr.sequence(Digits.digits(from + 1, to - 1), Digits.upTo(0, least.length() - at - 1)));
      ways.add(digit(to, at, false, high));
    }
    return new Expr.Choice(ways);
  }

  private Expr digit(char digit, int at, boolean low, boolean high) {
    Expr end = mayEnd(at + 1, low, high) ? Expr.EMPTY : Expr.NOTHING;
    return Expr.sequence(
        Expr.literal(Character.toString(digit)), Expr.choice(end, more(at + 1, low, high)));
  }

  /** Whether zeros from here on keep to the bounds. */
  private boolean mayEnd(int at, boolean low, boolean high) {
    boolean isAbove = !low || (isZero(least, at) && !leastExcluded);
    boolean isBelow = !high || !isZero(most, at) || !mostExcluded;
    return isAbove && isBelow;
  }

  private static boolean isZero(String digits, int from) {
    return digits.substring(from).chars().allMatch(each -> each == '0');
  }
}
