package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.at;
import static ai.pollux.tensor.jit.Operand.zmm;

import ai.pollux.tensor.jit.Operand.Zmm;

/**
 * Q8_0 as {@code tensor.simd.ByteTiles} lays it out: for 32 inputs 64 scales (F16), then [32][64]
 * bytes. A byte becomes a float and times its scale the exact weight.
 */
final class ByteCode implements TileCode {
  private static final int INPUTS = 32;
  private static final int LINE = 64;
  private static final int SCALES = 128;
  private static final int BYTES = SCALES + INPUTS * LINE;

  private static Zmm scale(int group) {
    return zmm(16 + group);
  }

  private static Zmm work(int group) {
    return zmm(20 + group);
  }

  @Override
  public int inputs() {
    return INPUTS;
  }

  @Override
  public int[] constants() {
    return new int[0];
  }

  @Override
  public void emitStep(Rows rows) {
    Assembler a = rows.a();
    rows.prefetch(0);
    rows.prefetch(LINE);
    for (int group = 0; group < Rows.GROUPS; group++) {
      a.vcvtph2ps(scale(group), at(Rows.WEIGHTS, 32 * group));
    }
    for (int input = 0; input < INPUTS; input++) {
      rows.prefetch(SCALES + LINE * input);
      for (int group = 0; group < Rows.GROUPS; group++) {
        Zmm w = work(group);
        a.vpmovsxbd(w, at(Rows.WEIGHTS, SCALES + LINE * input + 16 * group));
        a.vcvtdq2ps(w, w);
        a.vmulps(w, w, scale(group));
        rows.multiply(w, group, input);
      }
    }
    rows.advance(BYTES, INPUTS);
  }
}
