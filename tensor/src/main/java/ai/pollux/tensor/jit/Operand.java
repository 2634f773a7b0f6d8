package ai.pollux.tensor.jit;

/** What a vector instruction reads last: a register or memory. */
sealed interface Operand {
  /** A vector of 16 floats or ints, numbered 0 to 31. */
  record Zmm(int number) implements Operand {
    public Zmm {
      if (number < 0 || number > 31) {
        throw new IllegalArgumentException("zmm: expected 0 to 31, found " + number);
      }
    }
  }

  /**
   * Memory at {@code base + displacement}.
   *
   * @param toAll whether it is one value of 32 bits, for all 16 lanes
   */
  record Mem(Gp base, int displacement, boolean toAll) implements Operand {}

  /** Register {@code number}. */
  static Zmm zmm(int number) {
    return new Zmm(number);
  }

  /** As many bytes from {@code base + displacement} on as the instruction reads. */
  static Mem at(Gp base, int displacement) {
    return new Mem(base, displacement, false);
  }

  /** The 32 bits at {@code base + displacement}, in all lanes: {@code {1to16}}. */
  static Mem toAll(Gp base, int displacement) {
    return new Mem(base, displacement, true);
  }
}
