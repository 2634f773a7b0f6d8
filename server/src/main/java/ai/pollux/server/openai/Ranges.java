package ai.pollux.server.openai;

import ai.pollux.server.gemini.ApiException;

/** Numbers that have bounds. */
final class Ranges {
  private Ranges() {}

  /**
   * The number.
   *
   * @throws ApiException INVALID_ARGUMENT with name, number and bounds where it is outside
   */
  static double within(String name, double value, double least, double most) {
    if (!(value >= least && value <= most)) {
      throw ApiException.invalid(
          name,
          "Invalid '%s': expected %s, found %s."
              .formatted(
                  name,
                  most == Integer.MAX_VALUE
                      ? "at least " + plain(least)
                      : plain(least) + " to " + plain(most),
                  plain(value)));
    }
    return value;
  }

  /** The whole number. */
  static int within(String name, int value, int least, int most) {
    return (int) within(name, (double) value, least, most);
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
