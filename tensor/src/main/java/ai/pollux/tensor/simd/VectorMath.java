package ai.pollux.tensor.simd;

import static ai.pollux.tensor.simd.Lanes.FLOATS;
import static ai.pollux.tensor.simd.Memory.ALL;
import static ai.pollux.tensor.simd.Memory.ORDER;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;

/**
 * Functions of many values in memory. The bodies are written out, and no vector passes a call of
 * ours, for the reason that {@link TileKernel} gives: where the compiler has had enough of
 * inlining, a vector that is passed becomes an object.
 */
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

  private static VectorShuffle<Float> rotation(int lanes) {
    return VectorShuffle.iota(FLOATS, lanes % Lanes.COUNT, 1, true);
  }

  /**
   * The sum of all lanes: halves are added until one lane is left. {@code reduceLanes} leaves the
   * order open, and it is another one before the compiler has come by than after; a result would
   * depend on how warm the JVM is. For kernels that may make garbage: those of decoding have this
   * written out.
   */
  static float sum(FloatVector x) {
    FloatVector sums = x;
    if (Lanes.COUNT >= 16) {
      sums = sums.add(sums.rearrange(BY_8));
    }
    if (Lanes.COUNT >= 8) {
      sums = sums.add(sums.rearrange(BY_4));
    }
    sums = sums.add(sums.rearrange(BY_2));
    return sums.add(sums.rearrange(BY_1)).lane(0);
  }

  /** Σ x[i], by lanes, then across lanes as {@link #sum(FloatVector)}, then the rest. */
  static float sum(long x, int count) {
    FloatVector sums = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= count - Lanes.COUNT; i += Lanes.COUNT) {
      sums = sums.add(FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER));
    }
    if (Lanes.COUNT >= 16) {
      sums = sums.add(sums.rearrange(BY_8));
    }
    if (Lanes.COUNT >= 8) {
      sums = sums.add(sums.rearrange(BY_4));
    }
    sums = sums.add(sums.rearrange(BY_2));
    float sum = sums.add(sums.rearrange(BY_1)).lane(0);
    for (; i < count; i++) {
      sum += Memory.get(x + 4L * i);
    }
    return sum;
  }

  /** Σ x[i]², in two sums per lane, then as {@link #sum(long, int)}. */
  static float squares(long x, int count) {
    FloatVector sums = FloatVector.zero(FLOATS);
    FloatVector odd = FloatVector.zero(FLOATS);
    int i = 0;
    for (; i <= count - 2 * Lanes.COUNT; i += 2 * Lanes.COUNT) {
      FloatVector a = FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i, ORDER);
      FloatVector b = FloatVector.fromMemorySegment(FLOATS, ALL, x + 4L * i + Lanes.BYTES, ORDER);
      sums = a.fma(a, sums);
      odd = b.fma(b, odd);
    }
    sums = sums.add(odd);
    if (Lanes.COUNT >= 16) {
      sums = sums.add(sums.rearrange(BY_8));
    }
    if (Lanes.COUNT >= 8) {
      sums = sums.add(sums.rearrange(BY_4));
    }
    sums = sums.add(sums.rearrange(BY_2));
    float sum = sums.add(sums.rearrange(BY_1)).lane(0);
    for (; i < count; i++) {
      sum = Math.fma(Memory.get(x + 4L * i), Memory.get(x + 4L * i), sum);
    }
    return sum;
  }

  /**
   * y[i] = e^x[i], within 2 ulp of {@code Math.exp(x)}; 0 below -87.33654, where the true value is
   * subnormal. Whole vectors; y may be x.
   *
   * <p>eˣ = 2ⁿ · eʳ with n = round(x / ln 2) and |r| ≤ ln 2 / 2. eʳ is its Taylor polynomial of
   * degree 7, whose remainder is below r⁸/8! · e^|r| &lt; 8e-9, an eighth of an ulp; Horner's
   * rounding and the reduction add about one ulp. n is added to the exponent bits of eʳ.
   */
  static void exp(long x, long y, int count) {
    for (long i = 0; i < 4L * count; i += Lanes.BYTES) {
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER);
      FloatVector shifted =
          v.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
      FloatVector n = shifted.sub(ROUNDER);
      FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v);
      r = n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
      FloatVector p = FloatVector.broadcast(FLOATS, 1 / 5040f);
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 720f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 120f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 24f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 6f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      p = p.reinterpretAsInts().add(power).reinterpretAsFloats();
      p = p.blend(0f, v.compare(VectorOperators.LT, EXP_LOWEST));
      p = p.blend(Float.POSITIVE_INFINITY, v.compare(VectorOperators.GT, EXP_HIGHEST));
      p.blend(v, v.compare(VectorOperators.NE, v)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /**
   * x[i] = e^(x[i] - max), as {@link #exp}; returns their sum, as {@link #sum(long, int)}, in one
   * pass over them. Whole vectors; x[i] - max is at most 0, or NaN.
   */
  static float exponentials(long x, float max, int count) {
    FloatVector sums = FloatVector.zero(FLOATS);
    for (long i = 0; i < 4L * count; i += Lanes.BYTES) {
      FloatVector v = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER).sub(max);
      FloatVector shifted =
          v.fma(FloatVector.broadcast(FLOATS, LOG2_E), FloatVector.broadcast(FLOATS, ROUNDER));
      FloatVector n = shifted.sub(ROUNDER);
      FloatVector r = n.fma(FloatVector.broadcast(FLOATS, -LN2_HIGH), v);
      r = n.fma(FloatVector.broadcast(FLOATS, -LN2_LOW), r);
      FloatVector p = FloatVector.broadcast(FLOATS, 1 / 5040f);
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 720f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 120f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 24f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1 / 6f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 0.5f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      p = p.fma(r, FloatVector.broadcast(FLOATS, 1f));
      IntVector power = shifted.reinterpretAsInts().lanewise(VectorOperators.LSHL, 23);
      p = p.reinterpretAsInts().add(power).reinterpretAsFloats();
      p = p.blend(0f, v.compare(VectorOperators.LT, EXP_LOWEST));
      p = p.blend(v, v.compare(VectorOperators.NE, v));
      p.intoMemorySegment(ALL, x + i, ORDER);
      sums = sums.add(p);
    }
    if (Lanes.COUNT >= 16) {
      sums = sums.add(sums.rearrange(BY_8));
    }
    if (Lanes.COUNT >= 8) {
      sums = sums.add(sums.rearrange(BY_4));
    }
    sums = sums.add(sums.rearrange(BY_2));
    return sums.add(sums.rearrange(BY_1)).lane(0);
  }

  /**
   * y[i] = a · tanh(b · x[i]), tanh within 4 ulp. Whole vectors; y is not x.
   *
   * <p>From |bx| = 0.625 on, 1 - 2 / (e^2bx + 1), where the difference is at least 0.55 and loses
   * one bit; below, z + z³ · P(z²) with the minimax polynomial of Cephes' tanhf, relative error
   * 1.3e-7.
   */
  static void tanh(float a, float b, long x, long y, int count) {
    for (long i = 0; i < 4L * count; i += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER)
          .mul(2 * b)
          .intoMemorySegment(ALL, y + i, ORDER);
    }
    exp(y, y, count);
    for (long i = 0; i < 4L * count; i += Lanes.BYTES) {
      FloatVector z = FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER).mul(b);
      FloatVector square = z.mul(z);
      FloatVector p = FloatVector.broadcast(FLOATS, (float) -5.70498872745e-3);
      p = p.fma(square, FloatVector.broadcast(FLOATS, (float) 2.06390887954e-2));
      p = p.fma(square, FloatVector.broadcast(FLOATS, (float) -5.37397155531e-2));
      p = p.fma(square, FloatVector.broadcast(FLOATS, (float) 1.33314422036e-1));
      p = p.fma(square, FloatVector.broadcast(FLOATS, (float) -3.33332819422e-1));
      FloatVector small = p.mul(square).fma(z, z);
      FloatVector power = FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER);
      FloatVector half = FloatVector.broadcast(FLOATS, 2f).div(power.add(1f));
      FloatVector.broadcast(FLOATS, 1f)
          .sub(half)
          .blend(small, z.abs().compare(VectorOperators.LT, 0.625f))
          .mul(a)
          .intoMemorySegment(ALL, y + i, ORDER);
    }
  }

  /** y[i] = 1 / (1 + e^-x[i]), within 4 ulp: {@link #exp}, a sum and a quotient. Whole vectors. */
  static void sigmoid(long x, long y, int count) {
    for (long i = 0; i < 4L * count; i += Lanes.BYTES) {
      FloatVector.fromMemorySegment(FLOATS, ALL, x + i, ORDER)
          .neg()
          .intoMemorySegment(ALL, y + i, ORDER);
    }
    exp(y, y, count);
    for (long i = 0; i < 4L * count; i += Lanes.BYTES) {
      FloatVector power = FloatVector.fromMemorySegment(FLOATS, ALL, y + i, ORDER);
      FloatVector.broadcast(FLOATS, 1f).div(power.add(1f)).intoMemorySegment(ALL, y + i, ORDER);
    }
  }
}
