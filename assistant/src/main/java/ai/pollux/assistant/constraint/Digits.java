package ai.pollux.assistant.constraint;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** Whole numbers of a range, as their digits. */
final class Digits {
  static final Expr ANY = Expr.oneOf('0', '9');
  private static final Expr MINUS = Expr.literal("-");

  private Digits() {}

  /** All whole numbers from one to the other. */
  static Expr between(BigInteger least, BigInteger most) {
    Expr negative =
        least.signum() < 0
            ? Expr.sequence(MINUS, natural(most.negate().max(BigInteger.ONE), least.negate()))
            : Expr.NOTHING;
    return Expr.choice(natural(least.max(BigInteger.ZERO), most), negative);
  }

  /** The same of numbers that are not negative. */
  static Expr natural(BigInteger least, BigInteger most) {
    List<Expr> ways = new ArrayList<>();
    if (least.compareTo(most) <= 0) {
      for (int length = least.toString().length(); length <= most.toString().length(); length++) {
        BigInteger first = length == 1 ? BigInteger.ZERO : BigInteger.TEN.pow(length - 1);
        BigInteger last = BigInteger.TEN.pow(length).subtract(BigInteger.ONE);
        ways.add(sameLength(least.max(first).toString(), most.min(last).toString(), 0));
      }
    }
    return new Expr.Choice(ways);
  }

  /** So many digits, or fewer. */
  static Expr upTo(int least, int most) {
    return new Expr.Repeat(ANY, least, most);
  }

  private static Expr sameLength(String least, String most, int at) {
    if (at == least.length()) {
      return Expr.EMPTY;
    }
    char low = least.charAt(at);
    char high = most.charAt(at);
    if (low == high) {
      return Expr.sequence(digit(low), sameLength(least, most, at + 1));
    }
    return Expr.choice(
        Expr.sequence(digit(low), atLeast(least, at + 1)),
        Expr.sequence(digits(low + 1, high - 1), rest(least, at + 1)),
        Expr.sequence(digit(high), atMost(most, at + 1)));
  }

  private static Expr atLeast(String least, int at) {
    return at == least.length()
        ? Expr.EMPTY
        : Expr.choice(
            Expr.sequence(digit(least.charAt(at)), atLeast(least, at + 1)),
            Expr.sequence(digits(least.charAt(at) + 1, '9'), rest(least, at + 1)));
  }

  private static Expr atMost(String most, int at) {
    return at == most.length()
        ? Expr.EMPTY
        : Expr.choice(
            Expr.sequence(digit(most.charAt(at)), atMost(most, at + 1)),
            Expr.sequence(digits('0', most.charAt(at) - 1), rest(most, at + 1)));
  }

  private static Expr rest(String number, int at) {
    return upTo(number.length() - at, number.length() - at);
  }

  private static Expr digit(char digit) {
    return Expr.literal(Character.toString(digit));
  }

  /** One of these; nothing where there is none. */
  static Expr digits(int first, int last) {
    return first > last ? Expr.NOTHING : Expr.oneOf(first, last);
  }
}
