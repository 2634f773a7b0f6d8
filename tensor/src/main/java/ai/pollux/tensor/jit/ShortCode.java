package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.at;
import static ai.pollux.tensor.jit.Operand.zmm;

import ai.pollux.tensor.jit.Operand.Zmm;

/**
 * F16 and BF16 as {@code tensor.simd.ShortTiles} lays them out: [inputs][64] shorts.
 *
 * @param bfloat whether a short is the upper half of a float
 */
record ShortCode(boolean bfloat) implements TileCode {
  private static final int LINE = 128;

  @Override
  public int inputs() {
    return 1;
  }

  @Override
  public int[] constants() {
    return new int[0];
  }

  @Override
  public void emitStep(Rows rows) {
    Assembler a = rows.a();
    rows.prefetch(0);
    rows.prefetch(LINE / 2);
    for (int group = 0; group < Rows.GROUPS; group++) {
      Zmm w = zmm(16 + group);
      if (bfloat) {
        a.vpmovzxwd(w, at(Rows.WEIGHTS, 32 * group));
        a.vpslld(w, w, 16);
      } else {
        a.vcvtph2ps(w, at(Rows.WEIGHTS, 32 * group));
      }
      rows.multiply(w, group, 0);
    }
    rows.advance(LINE, 1);
  }
}
