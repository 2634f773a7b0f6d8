package ai.pollux.tensor.quant;

/** The small steps that quantisers share, each rounding as the C original does. */
final class Rounding {
  private Rounding() {}

  /** The value of largest magnitude, with its sign; the first of equal ones; NaN is passed over. */
  static float largest(float[] values, int at, int count) {
    float magnitude = 0;
    float largest = 0;
    for (int i = at; i < at + count; i++) {
      if (Math.abs(values[i]) > magnitude) {
        magnitude = Math.abs(values[i]);
        largest = values[i];
      }
    }
    return largest;
  }

  /** The smallest value; NaN is passed over. */
  static float smallest(float[] values, int at, int count) {
    float smallest = Float.MAX_VALUE;
    for (int i = at; i < at + count; i++) {
      if (values[i] < smallest) {
        smallest = values[i];
      }
    }
    return smallest;
  }

  /** The greatest value; NaN is passed over. */
  static float greatest(float[] values, int at, int count) {
    float greatest = -Float.MAX_VALUE;
    for (int i = at; i < at + count; i++) {
      if (values[i] > greatest) {
        greatest = values[i];
      }
    }
    return greatest;
  }

  /** 1 / x, but 0 for 0. */
  static float inverse(float x) {
    return x == 0 ? 0 : 1 / x;
  }

  /** To the nearest integer, ties away from zero. */
  static int awayFromZero(float x) {
    int magnitude = (int) (Math.abs((double) x) + 0.5);
    return x < 0 ? -magnitude : magnitude;
  }

  /** To the nearest integer, ties to even, kept within {@code low … high}. */
  static int nearest(float x, int low, int high) {
    return Math.clamp((int) Math.rint(x), low, high);
  }
}
