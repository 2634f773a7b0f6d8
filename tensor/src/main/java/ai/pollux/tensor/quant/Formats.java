package ai.pollux.tensor.quant;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every format Pollux reads and writes, one constant each. */
public final class Formats {
  /** IEEE 754 binary32. */
  public static final BlockFormat F32 = new F32();

  /** IEEE 754 binary16. */
  public static final BlockFormat F16 = new F16();

  /** The upper half of a binary32. */
  public static final BlockFormat BF16 = new Bf16();

  /** 32 signed bytes and a scale: 8.5 bits per weight. */
  public static final BlockFormat Q8_0 = new Q8_0();

  /** 32 nibbles around 8 and a scale: 4.5 bits per weight. */
  public static final BlockFormat Q4_0 = new Q4_0();

  /** 32 nibbles, a scale and a minimum: 5 bits per weight. */
  public static final BlockFormat Q4_1 = new Q4_1();

  /** 32 values of 5 bits around 16 and a scale: 5.5 bits per weight. */
  public static final BlockFormat Q5_0 = new Q5_0();

  /** 32 values of 5 bits, a scale and a minimum: 6 bits per weight. */
  public static final BlockFormat Q5_1 = new Q5_1();

  /** 256 nibbles, scale and minimum for each 32: 4.5 bits per weight. */
  public static final BlockFormat Q4_K = new Q4_K();

  /** 256 values of 5 bits, scale and minimum for each 32: 5.5 bits per weight. */
  public static final BlockFormat Q5_K = new Q5_K();

  /** 256 values of 6 bits, a scale for each 16: 6.5625 bits per weight. */
  public static final BlockFormat Q6_K = new Q6_K();

  /** All formats, plain ones first. */
  public static final List<BlockFormat> ALL =
      List.of(F32, F16, BF16, Q8_0, Q4_0, Q4_1, Q5_0, Q5_1, Q4_K, Q5_K, Q6_K);

  private Formats() {}

  /** The format of that name, in any case. */
  public static Optional<BlockFormat> named(String name) {
    return ALL.stream()
        .filter(format -> format.name().equals(name.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
