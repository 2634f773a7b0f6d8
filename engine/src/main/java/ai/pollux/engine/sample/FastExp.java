package ai.pollux.engine.sample;

/**
 * eˣ for x ≤ 0 in plain float arithmetic: 2ⁿ · 2^f with |f| ≤ ½, the second factor by its Taylor
 * series. The first term left out is under (½ ln 2)⁸ / 8! = 5.2e-9; rounding adds a few units of
 * 6e-8, and that of x · log₂e up to |x| · 6e-8. A scan of a 262144-token vocabulary calls it for
 * every token.
 */
final class FastExp {
  /** Below this the result is 0: under 2^-120 of the best token's share. */
  private static final float LEAST = -83;

  private static final float LOG2_E = 1.442695f;

  /** ln(2)^k / k! */
  private static final float C1 = 0.6931472f;

  private static final float C2 = 0.2402265f;
  private static final float C3 = 0.05550411f;
  private static final float C4 = 0.009618129f;
  private static final float C5 = 0.0013333558f;
  private static final float C6 = 0.0001540353f;
  private static final float C7 = 0.000015252734f;

  private FastExp() {}

  /** eˣ for x ≤ 0; 0 for NaN. */
  static float exp(float x) {
    if (!(x > LEAST)) {
      return 0;
    }
    float t = x * LOG2_E;
    int n = (int) (t - 0.5f);
    float f = t - n;
    float power = 1 + f * (C1 + f * (C2 + f * (C3 + f * (C4 + f * (C5 + f * (C6 + f * C7))))));
    return power * Float.intBitsToFloat((n + 127) << 23);
  }
}
