package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.zmm;

import ai.pollux.tensor.jit.Operand.Mem;
import ai.pollux.tensor.jit.Operand.Zmm;

/**
 * Rows of inputs that a kernel multiplies with the same weights, and who holds what: vector
 * register 4r + g has the sums of row r and of the tile's rows 16g to 16g + 15, registers 16 to 31
 * are for weights.
 *
 * @param a where code is written
 * @param count 1 to {@value #MOST}
 */
record Rows(Assembler a, int count) {
  /** More would need more sums than there are registers. */
  static final int MOST = 4;

  /** Vectors that make a line of a tile: 64 rows. */
  static final int GROUPS = 4;

  /** Where weights are read: tiles are one stream. */
  static final Gp WEIGHTS = Gp.RDI;

  /** For a layout's own address. */
  static final Gp BLOCK = Gp.RBX;

  /** For a layout's own count. */
  static final Gp COUNT = Gp.RBP;

  private static final Gp[] INPUTS = {Gp.R12, Gp.R13, Gp.R14, Gp.R15};

  /**
   * Bytes between what is asked for and what is used: what a core reads in about the time that
   * memory takes to answer. Between 2048 and 8192 nothing changed by more than 5 %.
   */
  private static final int AHEAD = 4096;

  /** Constant {@code index} in all lanes. */
  Mem constant(int index) {
    return Operand.toAll(Gp.RSP, Integer.BYTES * index);
  }

  /** The 16 constants from {@code first} on. */
  void table(Zmm target, int first) {
    a.vmovups(target, Operand.at(Gp.RSP, Integer.BYTES * first));
  }

  /** Where the inputs of row {@code r} are read. */
  Gp input(int r) {
    return INPUTS[r];
  }

  Zmm sum(int r, int group) {
    return zmm(GROUPS * r + group);
  }

  /** sums[r][group] += x[r][input] · w for all rows; inputs count from where a step begins. */
  void multiply(Zmm w, int group, int input) {
    for (int r = 0; r < count; r++) {
      a.vfmadd231ps(sum(r, group), w, Operand.toAll(input(r), Float.BYTES * input));
    }
  }

  /** Asks for the line of the cache that is read {@value #AHEAD} bytes later; it need not exist. */
  void prefetch(int offset) {
    a.prefetcht0(Operand.at(WEIGHTS, AHEAD + offset));
  }

  /** Ends a step. */
  void advance(int weightBytes, int inputs) {
    a.add(WEIGHTS, weightBytes);
    for (int r = 0; r < count; r++) {
      a.add(input(r), Float.BYTES * inputs);
    }
  }
}
