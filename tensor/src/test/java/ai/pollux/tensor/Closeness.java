package ai.pollux.tensor;

import java.util.function.IntToDoubleFunction;

/** Compares many values without an assertion object for each. */
public final class Closeness {
  private Closeness() {}

  /** NaN must meet NaN, an infinity itself, any other value within {@code allowed(i)}. */
  public static void check(
      String what, float[] expected, float[] found, IntToDoubleFunction allowed) {
    if (expected.length != found.length) {
      throw new AssertionError(
          "%s: expected %d values, found %d".formatted(what, expected.length, found.length));
    }
    for (int i = 0; i < expected.length; i++) {
      if (!close(expected[i], found[i], allowed, i)) {
        throw new AssertionError(
            "%s: value %d of %d: expected %s, found %s, allowed %s"
                .formatted(
                    what, i, expected.length, expected[i], found[i], allowed.applyAsDouble(i)));
      }
    }
  }

  private static boolean close(float expected, float found, IntToDoubleFunction allowed, int i) {
    if (expected == found || (Float.isNaN(expected) && Float.isNaN(found))) {
      return true;
    }
    return Float.isFinite(expected)
        && Math.abs((double) expected - found) <= allowed.applyAsDouble(i);
  }

  /** The same bits, though any NaN is as good as another. */
  public static void same(String what, float[] expected, float[] found) {
    check(what, expected, found, i -> 0);
  }
}
