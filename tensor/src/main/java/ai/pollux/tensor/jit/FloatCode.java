package ai.pollux.tensor.jit;

import static ai.pollux.tensor.jit.Operand.at;
import static ai.pollux.tensor.jit.Operand.zmm;

import ai.pollux.tensor.jit.Operand.Zmm;

/** F32 as {@code tensor.simd.FloatTiles} lays it out: [inputs][64] floats. */
final class FloatCode implements TileCode {
  private static final int LINE = 256;

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
    for (int group = 0; group < Rows.GROUPS; group++) {
      Zmm w = zmm(16 + group);
      rows.prefetch(64 * group);
      rows.a().vmovups(w, at(Rows.WEIGHTS, 64 * group));
      rows.multiply(w, group, 0);
    }
    rows.advance(LINE, 1);
  }
}
