package ai.pollux.tensor.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/** Functions of each lane. */
final class VectorMath {
  private static final float LOG2_E = (float) 1.442695040888963;

  /**
   * ln 2 = LN2_HIGH + LN2_LOW; the high part has 9 trailing zero bits, so n · LN2_HIGH is exact.
   */
  private static final float LN2_HIGH = 355 / 512f;

  private static final float LN2_LOW = (float) -2.12194440e-4;

  /** Adding 1.5 · 2²³ leaves a float's integer part in its low bits. */
  private static final float ROUNDER = 12582912f;

  /** The least and the largest float whose exponential is a normal number. */
  private static final float EXP_LOWEST = -87.33654f;

  private static final float EXP_HIGHEST = 88.72283f;

  private static final VectorShuffle<Float> BY_8 = rotation(8);
  private static final VectorShuffle<Float> BY_4 = rotation(4);
  private static final VectorShuffle<Float> BY_2 = rotation(2);
  private static final VectorShuffle<Float> BY_1 = rotation(1);

  private VectorMath() {}

  /**
   * The sum of all lanes: halves are added until one lane is left. {@code reduceLanes} leaves the
   * order open, and it is another one before the compiler has come by than after; a result would
   * depend on how warm the JVM is.
   */
  static float sum(FloatVector x) {
    FloatVector sum = x;
    if (Lanes.COUNT >= 16) {
      sum = sum.add(sum.rearrange(BY_8));
    }
    if (Lanes.COUNT >= 8) {
      sum = sum.add(sum.rearrange(BY_4));
    }
    sum = sum.add(sum.rearrange(BY_2));
    return sum.add(sum.rearrange(BY_1)).lane(0);
  }

  private static VectorShuffle<Float> rotation(int lanes) {
    return VectorShuffle.iota(Lanes.FLOATS, lanes % Lanes.COUNT, 1, true);
  }

  /**
   * eˣ, within 2 ulp of {@code Math.exp(x)}; 0 below -87.33654, where the true value is subnormal.
   *
   * <p>eˣ = 2ⁿ · eʳ with n = round(x / ln 2) and |r| ≤ ln 2 / 2. eʳ is its Taylor polynomial of
   * degree 7, whose remainder is below r⁸/8! · e^|r| &lt; 8e-9, an eighth of an ulp; Horner's
   * rounding and the reduction add about one ulp. n is added to the exponent bits of eʳ.
   */
  static FloatVector exp(FloatVector x) {
    FloatVector shifted = x.fma(all(LOG2_E), all(ROUNDER));
    FloatVector n = shifted.sub(ROUNDER);
    FloatVector r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), x));
    FloatVector p = r.fma(all(1 / 5040f), all(1 / 720f));
    p = p.fma(r, all(1 / 120f));
    p = p.fma(r, all(1 / 24f));
    p = p.fma(r, all(1 / 6f));
    p = p.fma(r, all(0.5f));
    p = p.fma(r, all(1f));
    p = p.fma(r, all(1f));
    IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
    FloatVector y = p.reinterpretAsInts().add(power).reinterpretAsFloats();
    y = y.blend(0f, x.compare(VectorOperators.LT, EXP_LOWEST));
    y = y.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.GT, EXP_HIGHEST));
    return y.blend(x, x.test(VectorOperators.IS_NAN));
  }

  /** 1 / (1 + e⁻ˣ), within 4 ulp: {@link #exp}, a sum and a quotient. */
  static FloatVector sigmoid(FloatVector x) {
    return all(1f).div(exp(x.neg()).add(1f));
  }

  /**
   * tanh(x), within 4 ulp. From |x| = 0.625 on, 1 - 2 / (e²ˣ + 1), where the difference is at least
   * 0.55 and loses one bit; below, x + x³ · P(x²) with the minimax polynomial of Cephes' tanhf,
   * relative error 1.3e-7.
   */
  static FloatVector tanh(FloatVector x) {
    FloatVector square = x.mul(x);
    FloatVector p = square.fma(all((float) -5.70498872745e-3), all((float) 2.06390887954e-2));
    p = p.fma(square, all((float) -5.37397155531e-2));
    p = p.fma(square, all((float) 1.33314422036e-1));
    p = p.fma(square, all((float) -3.33332819422e-1));
    FloatVector small = p.mul(square).fma(x, x);
    FloatVector large = all(1f).sub(all(2f).div(exp(x.add(x)).add(1f)));
    return large.blend(small, x.abs().compare(VectorOperators.LT, 0.625f));
  }

  private static FloatVector all(float value) {
    return FloatVector.broadcast(Lanes.FLOATS, value);
  }
}
