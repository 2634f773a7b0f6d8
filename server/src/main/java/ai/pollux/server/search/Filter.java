package ai.pollux.server.search;

import java.util.List;

/** A condition on the metadata of documents, as AIP-160 writes it. */
sealed interface Filter {
  /** All of some hold. */
  record And(List<Filter> parts) implements Filter {}

  /** One of some holds. */
  record Or(List<Filter> parts) implements Filter {}

  /** It does not hold. */
  record Not(Filter part) implements Filter {}

  /** A value is as it should be. */
  record Compare(String key, Operator operator, Value value) implements Filter {}

  /** How values are compared. */
  enum Operator {
    EQUAL("="),
    NOT_EQUAL("!="),
    LESS("<"),
    AT_MOST("<="),
    GREATER(">"),
    AT_LEAST(">="),
    /** A list has it, or it is the value itself. */
    HAS(":");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    String sign() {
      return sign;
    }
  }

  /** What is compared with. */
  sealed interface Value {
    /** Text, which only text equals. */
    record Text(String text) implements Value {}

    /** A number, which only numbers equal. */
    record Numeric(double number) implements Value {}

    /** {@code *} behind a colon: anything. */
    record Anything() implements Value {}
  }
}
