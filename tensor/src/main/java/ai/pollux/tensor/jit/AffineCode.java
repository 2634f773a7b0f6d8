package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.at;
import static ai.pollux.tensor.jit.Operand.zmm;

import ai.pollux.tensor.jit.Operand.Zmm;

/**
 * The formats of 4 to 6 bits whose weight is {@code scale · code + offset}, as {@code
 * tensor.simd.AffineTiles} lays them out: for each block F16 values {@code [halves][64]}; then for
 * each 32 inputs bytes {@code [factors][64]}, 16 lines of nibbles and planes of 64 ints with the
 * further bits: one bit of each of 32 inputs, or two planes with two bits of each of 16.
 *
 * <p>Four bits become a float by looking it up: {@code vpermps} sees only the low four bits of its
 * index, so nothing is masked, and {@code vpermi2ps} sees five. A nibble at a whole byte of a line
 * comes from a load that begins at that byte, without a shift. Six bits are converted.
 */
enum AffineCode implements TileCode {
  Q4_1(32, 2, 0, 0),
  Q5_0(32, 1, 0, 1),
  Q5_1(32, 2, 0, 1),
  Q4_K(256, 2, 2, 0),
  Q5_K(256, 2, 2, 1),
  Q6_K(256, 1, 2, 2);

  /** Inputs of a step, and of a part of a block. */
  private static final int INPUTS = 32;

  private static final int LINE = 64;
  private static final int LINES = INPUTS / 2;

  /** 64 F16 values. */
  private static final int HALVES = 128;

  /** 64 bytes. */
  private static final int FACTORS = 64;

  /** 64 ints. */
  private static final int PLANE = 256;

  private static final Zmm LOW_TABLE = zmm(24);
  private static final Zmm HIGH_TABLE = zmm(25);
  private static final Zmm HIGH_BITS = zmm(26);
  private static final Zmm HIGH = zmm(30);
  private static final Zmm WORK = zmm(31);

  /** Where the table of floats begins among the constants. */
  private static final int TABLE = 3;

  private final int blockInputs;
  private final int halves;
  private final int factors;
  private final int highBits;

  AffineCode(int blockInputs, int halves, int factors, int highBits) {
    this.blockInputs = blockInputs;
    this.halves = halves;
    this.factors = factors;
    this.highBits = highBits;
  }

  private static Zmm scale(int group) {
    return zmm(16 + group);
  }

  private static Zmm offset(int group) {
    return zmm(20 + group);
  }

  @Override
  public int inputs() {
    return INPUTS;
  }

  /** Masks of high and all bits, the factor that makes an offset, then the floats 0 to 31. */
  @Override
  public int[] constants() {
    int[] constants = new int[TABLE + 32];
    constants[0] = highBits == 2 ? 0b11_0000 : 0b1_0000;
    constants[1] = 0b11_1111;
    constants[2] =
        Float.floatToRawIntBits(
            switch (this) {
              case Q5_0 -> -16;
              case Q6_K -> -32;
              case Q4_1, Q5_1, Q4_K, Q5_K -> -1;
            });
    for (int i = 0; i < 32; i++) {
      constants[TABLE + i] = Float.floatToRawIntBits(i);
    }
    return constants;
  }

  @Override
  public void emitStart(Rows rows) {
    rows.a().vpbroadcastd(HIGH_BITS, rows.constant(0));
    rows.table(LOW_TABLE, TABLE);
    rows.table(HIGH_TABLE, TABLE + 16);
  }

  /** The first step of a tile is the last one of the block before. */
  @Override
  public void emitTileStart(Rows rows) {
    rows.a().mov(Rows.COUNT, 1);
  }

  @Override
  public void emitStep(Rows rows) {
    emitBlock(rows);
    int bytes = FACTORS * factors + LINE * LINES + PLANE * highBits;
    for (int at = LINE * LINES; at < bytes; at += LINE) {
      rows.prefetch(at);
    }
    int runs = this == Q6_K ? 2 : 1;
    for (int run = 0; run < runs; run++) {
      for (int group = 0; group < Rows.GROUPS; group++) {
        emitCoefficients(rows, group, run);
      }
      for (int line = LINES / runs * run; line < LINES / runs * (run + 1); line++) {
        rows.prefetch(LINE * line);
        for (int group = 0; group < Rows.GROUPS; group++) {
          emitWeights(rows, line, group, false);
          emitWeights(rows, line, group, true);
        }
      }
    }
    rows.advance(bytes, INPUTS);
  }

  /** {@link Rows#BLOCK} is where the F16 values are that belong to this step. */
  private void emitBlock(Rows rows) {
    Assembler a = rows.a();
    Label within = new Label();
    if (blockInputs > INPUTS) {
      a.sub(Rows.COUNT, 1);
      a.jne(within);
      a.mov(Rows.COUNT, blockInputs / INPUTS);
    }
    a.mov(Rows.BLOCK, Rows.WEIGHTS);
    for (int at = 0; at < HALVES * halves; at += LINE) {
      rows.prefetch(at);
    }
    a.add(Rows.WEIGHTS, HALVES * halves);
    a.bind(within);
  }

  /**
   * The scale and the offset of a group, for all inputs of the step or a run of 16. All products
   * are exact: 11 bits times 8.
   */
  private void emitCoefficients(Rows rows, int group, int run) {
    Assembler a = rows.a();
    Zmm scale = scale(group);
    Zmm offset = offset(group);
    a.vcvtph2ps(scale, at(Rows.BLOCK, 32 * group));
    switch (this) {
      case Q4_1, Q5_1 -> a.vcvtph2ps(offset, at(Rows.BLOCK, HALVES + 32 * group));
      case Q5_0 -> a.vmulps(offset, scale, rows.constant(2));
      case Q4_K, Q5_K -> {
        a.vcvtph2ps(offset, at(Rows.BLOCK, HALVES + 32 * group));
        emitTimesFactor(a, scale, 16 * group);
        emitTimesFactor(a, offset, FACTORS + 16 * group);
        a.vmulps(offset, offset, rows.constant(2));
      }
      case Q6_K -> {
        emitTimesFactor(a, scale, FACTORS * run + 16 * group);
        a.vmulps(offset, scale, rows.constant(2));
      }
    }
  }

  private static void emitTimesFactor(Assembler a, Zmm value, int factor) {
    a.vpmovsxbd(WORK, at(Rows.WEIGHTS, factor));
    a.vcvtdq2ps(WORK, WORK);
    a.vmulps(value, value, WORK);
  }

  /** Sixteen weights of one input: where their nibbles are is {@code NibbleLines.shift}. */
  private void emitWeights(Rows rows, int line, int group, boolean odd) {
    Assembler a = rows.a();
    int shift = odd ? (group == 3 ? 0 : 28 - 4 * group) : 16 - 4 * group;
    Operand.Mem nibbles = at(Rows.WEIGHTS, FACTORS * factors + LINE * line + shift / 8);
    if (shift % 8 == 0) {
      a.vmovups(WORK, nibbles);
    } else {
      a.vpsrld(WORK, nibbles, shift % 8);
    }
    int input = 2 * line + (odd ? 1 : 0);
    switch (highBits) {
      case 0 -> a.vpermps(WORK, WORK, LOW_TABLE);
      case 1 -> {
        emitHighBits(a, input, group);
        a.vpermi2ps(WORK, LOW_TABLE, HIGH_TABLE);
      }
      default -> {
        emitHighBits(a, input, group);
        a.vpandd(WORK, WORK, rows.constant(1));
        a.vcvtdq2ps(WORK, WORK);
      }
    }
    a.vfmadd213ps(WORK, scale(group), offset(group));
    rows.multiply(WORK, group, input);
  }

  /**
   * Rotates the input's high bits to where the code has them, bit 4 and on, and puts them there.
   */
  private void emitHighBits(Assembler a, int input, int group) {
    int inputs = INPUTS / highBits;
    int plane = FACTORS * factors + LINE * LINES + PLANE * (input / inputs);
    int bit = highBits * (input % inputs);
    a.vprord(HIGH, at(Rows.WEIGHTS, plane + LINE * group), (bit - 4) & 31);
    a.vpternlogd(WORK, HIGH, HIGH_BITS, Assembler.MERGE);
  }
}
