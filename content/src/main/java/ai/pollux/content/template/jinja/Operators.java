package ai.pollux.content.template.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;

/** Python's operators over {@link Value}s. */
final class Operators {
  /** The longest {@code range}. */
  private static final long MAX_RANGE = 1_000_000;

  /** What an element of a new list costs: it may stay in memory. */
  private static final long ELEMENT_STEPS = 8;

  private final Run run;
  private final Printer printer;

  Operators(Run run, Printer printer) {
    this.run = run;
    this.printer = printer;
  }

  Object binary(String operator, Object left, Object right) {
    if (operator.equals("~")) {
      return concat(printer.str(left), printer.str(right));
    }
    if (operator.equals("+") && left instanceof String a && right instanceof String b) {
      return concat(a, b);
    }
    if (operator.equals("+") && left instanceof List<?> a && right instanceof List<?> b) {
      run.step(ELEMENT_STEPS * (a.size() + (long) b.size()));
      List<Object> both = new ArrayList<>(a);
      both.addAll(b);
      return both;
    }
    if (operator.equals("*") && left instanceof String text && right instanceof Long times) {
      run.text(
          Math.multiplyHigh(text.length(), times) != 0
              ? Long.MAX_VALUE / 2
              : text.length() * Math.max(0, times));
      return text.repeat((int) Math.max(0, times));
    }
    if (isNumber(left) && isNumber(right)) {
      return arithmetic(operator, number(left), number(right));
    }
    throw run.error(
        "'%s' does not take %s and %s".formatted(operator, Value.type(left), Value.type(right)));
  }

  private String concat(String left, String right) {
    run.text(left.length() + (long) right.length());
    return left + right;
  }

  static boolean isNumber(Object value) {
    return value instanceof Long || value instanceof Double || value instanceof Boolean;
  }

  /** A flag counts as 0 or 1. */
  private static Number number(Object value) {
    return value instanceof Boolean flag ? Long.valueOf(flag ? 1 : 0) : (Number) value;
  }

  private Object arithmetic(String operator, Number left, Number right) {
    boolean whole = left instanceof Long && right instanceof Long && !operator.equals("/");
    try {
      return whole
          ? (Object) whole(operator, left.longValue(), right.longValue())
          : (Object) real(operator, left.doubleValue(), right.doubleValue());
    } catch (ArithmeticException e) {
      throw run.error("%s %s %s: %s".formatted(left, operator, right, e.getMessage()));
    }
  }

  private static long whole(String operator, long a, long b) {
    return switch (operator) {
      case "+" -> Math.addExact(a, b);
      case "-" -> Math.subtractExact(a, b);
      case "*" -> Math.multiplyExact(a, b);
      case "//" -> Math.floorDiv(a, b);
      case "%" -> Math.floorMod(a, b);
      default -> power(a, b);
    };
  }

  private static long power(long base, long exponent) {
    if (exponent < 0 || (exponent > 63 && Math.abs(base) > 1)) {
      throw new ArithmeticException("the result is beyond 64 bits");
    }
    long result = 1;
    for (long i = 0; i < Math.min(exponent, 64 + exponent % 2); i++) {
      result = Math.multiplyExact(result, base);
    }
    return result;
  }

  private static double real(String operator, double a, double b) {
    if (b == 0 && "//%".contains(operator)) {
      throw new ArithmeticException("division by zero");
    }
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      case "//" -> Math.floor(a / b);
      case "%" -> a - b * Math.floor(a / b);
      default -> Math.pow(a, b);
    };
  }

  Object negative(Object value) {
    return arithmetic("-", 0L, isNumber(value) ? number(value) : refuseNegative(value));
  }

  private Number refuseNegative(Object value) {
    throw run.error("'-' does not take " + Value.type(value));
  }

  boolean compare(String operator, Object left, Object right) {
    return switch (operator) {
      case "==" -> equal(left, right);
      case "!=" -> !equal(left, right);
      case "in" -> contains(right, left);
      case "not in" -> !contains(right, left);
      case "<" -> order(left, right) < 0;
      case "<=" -> order(left, right) <= 0;
      case ">" -> order(left, right) > 0;
      default -> order(left, right) >= 0;
    };
  }

  boolean equal(Object left, Object right) {
    run.step(1);
    if (isNumber(left) && isNumber(right)) {
      return number(left).doubleValue() == number(right).doubleValue();
    }
    if (left instanceof List<?> a && right instanceof List<?> b) {
      return a.size() == b.size()
          && LongStream.range(0, a.size()).allMatch(i -> equal(a.get((int) i), b.get((int) i)));
    }
    if (left instanceof Map<?, ?> a && right instanceof Map<?, ?> b) {
      return a.size() == b.size()
          && a.entrySet().stream()
              .allMatch(m -> b.containsKey(m.getKey()) && equal(m.getValue(), b.get(m.getKey())));
    }
    return left instanceof Value.Undefined ? right instanceof Value.Undefined : left.equals(right);
  }

  int order(Object left, Object right) {
    run.step(1);
    if (left instanceof String a && right instanceof String b) {
      return a.compareTo(b);
    }
    if (isNumber(left) && isNumber(right)) {
      return Double.compare(number(left).doubleValue(), number(right).doubleValue());
    }
    throw run.error("%s and %s have no order".formatted(Value.type(left), Value.type(right)));
  }

  private boolean contains(Object container, Object wanted) {
    return switch (container) {
      case String text when wanted instanceof String part -> text.contains(part);
      case Map<?, ?> map -> map.containsKey(wanted);
      case List<?> list -> list.stream().anyMatch(each -> equal(each, wanted));
      case Value.Undefined _ -> false;
      default -> throw run.error("'in' does not take " + Value.type(container));
    };
  }

  /** What a loop over this sees: elements, the names of a map, the characters of a text. */
  List<?> iterate(Object value) {
    return switch (value) {
      case List<?> list -> list;
      case Map<?, ?> map -> List.copyOf(map.keySet());
      case String text -> {
        run.step(text.length());
        yield text.codePoints().mapToObj(Character::toString).toList();
      }
      case Value.Undefined _ -> List.of();
      default -> throw run.error(Value.type(value) + " cannot be iterated");
    };
  }

  Object index(Object of, Object key) {
    Value.Undefined missing = new Value.Undefined("element " + printer.str(key));
    return switch (of) {
      case Map<?, ?> map -> map.containsKey(key) ? map.get(key) : missing;
      case List<?> list when key instanceof Long at -> {
        long place = at < 0 ? at + list.size() : at;
        yield place >= 0 && place < list.size() ? list.get((int) place) : missing;
      }
      case String text when key instanceof Long at -> index(iterate(text), at);
      case Value.Undefined undefined ->
          throw run.error(undefined.what() + " is undefined; it has no " + missing.what());
      default -> missing;
    };
  }

  Object slice(Object of, Optional<Object> start, Optional<Object> stop, Optional<Object> step) {
    List<?> from = iterate(of);
    long by = step.map(this::whole).orElse(1L);
    if (by == 0) {
      throw run.error("a slice cannot step by 0");
    }
    long size = from.size();
    long first = bound(start, by > 0 ? 0 : size - 1, size, by);
    long last = bound(stop, by > 0 ? size : -1, size, by);
    List<Object> taken = new ArrayList<>();
    for (long i = first; by > 0 ? i < last : i > last; i += by) {
      run.step(1);
      taken.add(from.get((int) i));
    }
    return of instanceof String
        ? String.join("", taken.stream().map(String.class::cast).toList())
        : taken;
  }

  private long bound(Optional<Object> given, long otherwise, long size, long by) {
    if (given.isEmpty()) {
      return otherwise;
    }
    long place = whole(given.get());
    place = place < 0 ? place + size : place;
    return by > 0 ? Math.clamp(place, 0, size) : Math.clamp(place, -1, size - 1);
  }

  long whole(Object value) {
    if (value instanceof Long || value instanceof Boolean) {
      return number(value).longValue();
    }
    throw run.error("expected a whole number, found " + Value.type(value));
  }

  List<Long> range(Value.Arguments arguments) {
    List<Object> given = arguments.positional();
    long start = given.size() > 1 ? whole(given.get(0)) : 0;
    long stop = whole(arguments.get(given.size() > 1 ? 1 : 0, "stop", Value.NONE));
    long by = given.size() > 2 ? whole(given.get(2)) : 1;
    if (by == 0) {
      throw run.error("range cannot step by 0");
    }
    double count = Math.max(0, Math.ceil(((double) stop - start) / by));
    if (count > MAX_RANGE) {
      throw run.error("range of %.0f numbers: at most %d".formatted(count, MAX_RANGE));
    }
    run.step(ELEMENT_STEPS * (long) count);
    return LongStream.range(0, (long) count).mapToObj(i -> start + i * by).toList();
  }
}
