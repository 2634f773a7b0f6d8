package ai.pollux.assistant.constraint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * Numbers of a range, as they are written. Where a range has bounds there is no exponent, and few
 * enough digits that different texts are different doubles.
 */
final class Numbers {
  /** Whole numbers without bounds have 15 digits: a double holds each of them. */
  private static final BigDecimal WHOLE = BigDecimal.TEN.pow(15).subtract(BigDecimal.ONE);

  /** Where only one side of other numbers is bound, the other is. */
  private static final BigDecimal REAL = BigDecimal.TEN.pow(9).subtract(BigDecimal.ONE);

  /** Beyond this a bound does not bind, or cannot be kept. */
  private static final BigDecimal FARTHEST = BigDecimal.TEN.pow(18).subtract(BigDecimal.ONE);

  private static final int DIGITS_OF_DOUBLE = 15;
  private static final int FRACTION_DIGITS = 6;
  private static final int MOST_SCALE = 20;

  private Numbers() {}

  /** An end of a range. */
  record Bound(BigDecimal value, boolean excluded) {
    Bound negate() {
      return new Bound(value.negate(), excluded);
    }
  }

  /** Whole numbers. */
  static Expr whole(Optional<Bound> least, Optional<Bound> most, String where) {
    Optional<Bound> from = binding(least, -1, where);
    Optional<Bound> to = binding(most, 1, where);
    BigInteger lowest =
        from.map(bound -> inside(bound, RoundingMode.CEILING, BigInteger.ONE))
            .orElse(WHOLE.negate().toBigInteger());
    BigInteger highest =
        to.map(bound -> inside(bound, RoundingMode.FLOOR, BigInteger.ONE.negate()))
            .orElse(WHOLE.toBigInteger());
    if (from.isEmpty() && highest.compareTo(lowest) < 0) {
      lowest = FARTHEST.negate().toBigInteger();
    }
    if (to.isEmpty() && highest.compareTo(lowest) < 0) {
      highest = FARTHEST.toBigInteger();
    }
    return Digits.between(lowest, highest);
  }

  private static BigInteger inside(Bound bound, RoundingMode rounding, BigInteger step) {
    BigInteger whole = bound.value().setScale(0, rounding).toBigInteger();
    boolean isHit = new BigDecimal(whole).compareTo(bound.value()) == 0;
    return isHit && bound.excluded() ? whole.add(step) : whole;
  }

  /** Any numbers. */
  static Expr real(Optional<Bound> least, Optional<Bound> most, String where) {
    Optional<Bound> from = binding(least, -1, where);
    Optional<Bound> to = binding(most, 1, where);
    if (from.isEmpty() && to.isEmpty()) {
      return free();
    }
    BigDecimal given = from.or(() -> to).orElseThrow().value().abs();
    BigDecimal end = given.compareTo(REAL) < 0 ? REAL : FARTHEST; // one side may be open
    Bound low = from.orElse(new Bound(end.negate(), false));
    Bound high = to.orElse(new Bound(end, false));
    int whole = low.value().abs().max(high.value().abs()).toBigInteger().toString().length();
    int scale = Math.clamp(DIGITS_OF_DOUBLE - whole, 1, FRACTION_DIGITS);
    scale = Math.max(scale, Math.max(low.value().scale(), high.value().scale()));
    if (scale > MOST_SCALE) {
      throw new ShapeException(
          "%s: expected bounds of at most %d decimals, found %d"
              .formatted(where, MOST_SCALE, scale));
    }
    Bound zero = new Bound(BigDecimal.ZERO, false);
    Bound belowZero = new Bound(BigDecimal.ZERO, true);
    return Expr.choice(
        positive(low.value().signum() < 0 ? zero : low, high, scale),
        Expr.sequence(
            Expr.literal("-"),
            positive(high.value().signum() >= 0 ? belowZero : high.negate(), low.negate(), scale)));
  }

  /** Numbers of both signs, with exponents that no double overflows. */
  private static Expr free() {
    return Expr.sequence(
        Expr.optional(Expr.literal("-")),
        Expr.choice(
            Expr.literal("0"),
            Expr.sequence(Expr.oneOf('1', '9'), Digits.upTo(0, DIGITS_OF_DOUBLE - 1))),
        Expr.optional(Expr.sequence(Expr.literal("."), Digits.upTo(1, DIGITS_OF_DOUBLE))),
        Expr.optional(
            Expr.sequence(
                Expr.choice(Expr.literal("e"), Expr.literal("E")),
                Expr.optional(Expr.choice(Expr.literal("+"), Expr.literal("-"))),
                Digits.upTo(1, 2))));
  }

  /** From one bound to the other, neither below zero. */
  private static Expr positive(Bound low, Bound high, int scale) {
    if (high.value().signum() < 0 || low.value().compareTo(high.value()) > 0) {
      return Expr.NOTHING;
    }
    BigInteger first = low.value().toBigInteger();
    BigInteger last = high.value().toBigInteger();
    String from = decimals(low.value(), scale);
    String to = decimals(high.value(), scale);
    if (first.equals(last)) {
      return Expr.sequence(
          Expr.literal(first.toString()),
          new Fraction(from, to, low.excluded(), high.excluded()).expr());
    }
    return Expr.choice(
        Expr.sequence(
            Expr.literal(first.toString()), new Fraction(from, "", low.excluded(), false).expr()),
        Expr.sequence(
            Digits.natural(first.add(BigInteger.ONE), last.subtract(BigInteger.ONE)),
            Fraction.any(scale).expr()),
        Expr.sequence(
            Expr.literal(last.toString()),
            new Fraction("0".repeat(scale), to, false, high.excluded()).expr()));
  }

  private static String decimals(BigDecimal value, int scale) {
    String text = value.setScale(scale, RoundingMode.UNNECESSARY).toPlainString();
    return text.substring(text.indexOf('.') + 1);
  }

  /** A bound that says something; empty for one so far out that it does not. */
  private static Optional<Bound> binding(Optional<Bound> bound, int side, String where) {
    if (bound.isEmpty() || bound.get().value().abs().compareTo(FARTHEST) <= 0) {
      return bound.map(each -> new Bound(plain(each.value()), each.excluded()));
    }
    if (bound.get().value().signum() == side) {
      return Optional.empty();
    }
    throw new ShapeException(
        "%s: expected bounds within 18 digits, found %s".formatted(where, bound.get().value()));
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
