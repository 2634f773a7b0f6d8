package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.at;
import static ai.pollux.tensor.jit.Operand.zmm;

import ai.pollux.tensor.jit.Operand.Zmm;

/**
 * Q4_0 as {@code tensor.simd.NibbleTiles} lays it out: for 32 inputs 64 scales (F16), then 16 lines
 * of 16 ints with the nibbles of two inputs.
 *
 * <p>A nibble put into the mantissa of 1 is 1 + q/c, c = 2⁷, 2¹¹ or 2¹⁵ at bit 16, 12 or 8: one
 * {@code vpternlogd} masks and ors, one multiply-add makes it the exact weight d·(q - 8) = (1 +
 * q/c)·(d·c) - d·(c + 8), and one multiplies. Those three for 16 weights are all that the two units
 * for vectors have to do, but for one shift of a line: two nibbles too low for a mantissa come from
 * a load one byte before the line, which moves all bits up by 8 for nothing.
 */
final class NibbleCode implements TileCode {
  private static final int INPUTS = 32;
  private static final int LINE = 64;
  private static final int SCALES = 128;
  private static final int BYTES = SCALES + INPUTS / 2 * LINE;

  /** Where nibbles can be read, from the highest bit on, as logarithms of c. */
  private static final int HIGH = 7;

  private static final int MIDDLE = 11;
  private static final int LOW = 15;
  private static final Zmm ONE = zmm(16);
  private static final Zmm WORK = zmm(30);
  private static final Zmm LOADED = zmm(31);

  /** What brings the nibbles of a line to where they can be read. */
  private enum Source {
    AS_IT_IS,
    DOWN_12,
    UP_8
  }

  /** A nibble of a line: which vector group, which of two inputs, and the logarithm of c. */
  private record Nibble(Source source, int group, int input, int position) {}

  /** In the order they are read. */
  private static final Nibble[] NIBBLES = {
    new Nibble(Source.AS_IT_IS, 0, 0, HIGH),
    new Nibble(Source.AS_IT_IS, 1, 0, MIDDLE),
    new Nibble(Source.AS_IT_IS, 2, 0, LOW),
    new Nibble(Source.DOWN_12, 0, 1, HIGH),
    new Nibble(Source.DOWN_12, 1, 1, MIDDLE),
    new Nibble(Source.DOWN_12, 2, 1, LOW),
    new Nibble(Source.UP_8, 3, 0, MIDDLE),
    new Nibble(Source.UP_8, 3, 1, LOW),
  };

  /** Floats 1, then mask, c and -(c + 8) of each position. */
  private static final int[] CONSTANTS = {
    Float.floatToRawIntBits(1),
    0xf0000,
    Float.floatToRawIntBits(128),
    Float.floatToRawIntBits(-136),
    0xf000,
    Float.floatToRawIntBits(2048),
    Float.floatToRawIntBits(-2056),
    0xf00,
    Float.floatToRawIntBits(32768),
    Float.floatToRawIntBits(-32776)
  };

  /** The place of a position's constants among all. */
  private static int constant(int position) {
    return 1 + 3 * ((position - HIGH) / 4);
  }

  private static Zmm mask(int position) {
    return zmm(17 + (position - HIGH) / 4);
  }

  /** d · c for a group; group 3 has one for each of its two positions. */
  private static Zmm factor(int group, int position) {
    return zmm(group == 3 && position == LOW ? 28 : 20 + 2 * group);
  }

  /** -d · (c + 8). */
  private static Zmm offset(int group, int position) {
    return zmm(factor(group, position).number() + 1);
  }

  @Override
  public int inputs() {
    return INPUTS;
  }

  @Override
  public int[] constants() {
    return CONSTANTS.clone();
  }

  @Override
  public void emitStart(Rows rows) {
    rows.a().vpbroadcastd(ONE, rows.constant(0));
    for (int position : new int[] {HIGH, MIDDLE, LOW}) {
      rows.a().vpbroadcastd(mask(position), rows.constant(constant(position)));
    }
  }

  @Override
  public void emitStep(Rows rows) {
    rows.prefetch(0);
    rows.prefetch(LINE);
    for (int group = 0; group < Rows.GROUPS; group++) {
      emitCoefficients(rows, group);
    }
    for (int line = 0; line < INPUTS / 2; line++) {
      emitLine(rows, line);
    }
    rows.advance(BYTES, INPUTS);
  }

  private static void emitCoefficients(Rows rows, int group) {
    Assembler a = rows.a();
    a.vcvtph2ps(WORK, at(Rows.WEIGHTS, 32 * group));
    for (Nibble nibble : NIBBLES) {
      if (nibble.group() == group && (nibble.input() == 0 || group == 3)) {
        int position = nibble.position();
        a.vmulps(factor(group, position), WORK, rows.constant(constant(position) + 1));
        a.vmulps(offset(group, position), WORK, rows.constant(constant(position) + 2));
      }
    }
  }

  private static void emitLine(Rows rows, int line) {
    Assembler a = rows.a();
    int at = SCALES + LINE * line;
    Source loaded = Source.AS_IT_IS;
    rows.prefetch(at);
    a.vmovups(LOADED, at(Rows.WEIGHTS, at));
    for (Nibble nibble : NIBBLES) {
      if (nibble.source() != loaded) {
        loaded = nibble.source();
        switch (loaded) {
          case AS_IT_IS -> a.vmovups(LOADED, at(Rows.WEIGHTS, at));
          case DOWN_12 -> a.vpsrld(LOADED, LOADED, 12);
          case UP_8 -> a.vmovups(LOADED, at(Rows.WEIGHTS, at - 1));
        }
      }
      a.vmovaps(WORK, LOADED);
      a.vpternlogd(WORK, mask(nibble.position()), ONE, Assembler.AND_OR);
      a.vfmadd213ps(
          WORK,
          factor(nibble.group(), nibble.position()),
          offset(nibble.group(), nibble.position()));
      rows.multiply(WORK, nibble.group(), 2 * line + nibble.input());
    }
  }
}
