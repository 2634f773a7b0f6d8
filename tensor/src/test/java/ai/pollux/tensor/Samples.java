package ai.pollux.tensor;

import ai.pollux.tensor.quant.BlockFormat;
import ai.pollux.tensor.quant.Formats;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Numbers to compute with, the same in every run. */
public final class Samples {
  /** The most lanes of a float vector. */
  public static final int LANES = 16;

  /** Values that arithmetic treats in its own way. */
  private static final float[] EXTREME = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_VALUE,
    Float.MIN_NORMAL,
    1e-20f,
    -1e20f,
    100f,
    -100f
  };

  private Samples() {}

  /** Lengths 0 … 2 · lanes + 3, and one of several vectors. */
  public static int[] lengths() {
    return IntStream.concat(IntStream.rangeClosed(0, 2 * LANES + 3), IntStream.of(100)).toArray();
  }

  /** Counts of rows: around every tile a kernel is likely to have. */
  public static int[] rowCounts() {
    return new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 33};
  }

  /** Values of a normal distribution. */
  public static float[] normal(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /** Extreme values, in an order that differs by seed. */
  public static float[] extreme(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = EXTREME[random.nextInt(EXTREME.length)];
    }
    return values;
  }

  /** The largest magnitude. */
  public static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** Row lengths that a format can store: all up to 2 · lanes + 3, or a few blocks. */
  public static int[] inputs(BlockFormat format) {
    int block = format.blockSize();
    return block == 1
        ? IntStream.concat(IntStream.rangeClosed(1, 2 * LANES + 3), IntStream.of(100)).toArray()
        : new int[] {block, 2 * block, 3 * block};
  }

  /**
   * Random weights in a format, in native memory at an odd address, as a slice of a file may be.
   */
  public static Weight.Stored stored(long seed, BlockFormat format, int out, int in) {
    return stored(normal(seed, out * in), format, out, in);
  }

  /** The given weights in a format. */
  public static Weight.Stored stored(float[] values, BlockFormat format, int out, int in) {
    long bytes = format.bytesFor((long) out * in);
    MemorySegment data = Arena.ofAuto().allocate(bytes + 1, 64).asSlice(1, bytes);
    format.encode(values, 0, values.length, data, 0);
    return new Weight.Stored(format, out, in, data);
  }

  /** A weight, however a backend is given it. */
  public record WeightCase(String name, Weight.Stored stored, Maker maker) {
    /** Gives a backend its form of the weight. */
    public interface Maker {
      Weight on(Backend backend, Ops ops);
    }

    /** The weight as that backend computes with it. */
    public Weight on(Backend backend, Ops ops) {
      return maker.on(backend, ops);
    }

    /** Decoded: [O, I]. */
    public float[] values() {
      float[] values = new float[stored.out() * stored.in()];
      stored.format().decode(stored.data(), 0, values, 0, values.length);
      return values;
    }

    @Override
    public String toString() {
      return "%s %s [%d, %d]".formatted(stored.format().name(), name, stored.out(), stored.in());
    }
  }

  /** A weight as a file has it, packed, and for F32 also dense. */
  public static List<WeightCase> forms(Weight.Stored stored) {
    List<WeightCase> forms = new ArrayList<>();
    forms.add(new WeightCase("stored", stored, (backend, ops) -> stored));
    forms.add(new WeightCase("packed", stored, (backend, ops) -> backend.pack(stored)));
    if (stored.format().equals(Formats.F32)) {
      Shape shape = Shape.of(stored.out(), stored.in());
      float[] values = new WeightCase("", stored, (backend, ops) -> stored).values();
      forms.add(
          new WeightCase(
              "dense", stored, (backend, ops) -> new Weight.Dense(backend.tensor(shape, values))));
    }
    return forms;
  }

  /** Some rows of a matrix in a plain array. */
  public static float[] rows(float[] values, int width, int from, int count) {
    return Arrays.copyOfRange(values, from * width, (from + count) * width);
  }
}
