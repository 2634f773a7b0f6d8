package ai.pollux.tensor.simd;

import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;

/** A weight of this backend. Rows as they are stored. */
record PackedWeight(Weight.Stored stored) implements Weight.Packed {
  @Override
  public BlockFormat format() {
    return stored.format();
  }

  @Override
  public int out() {
    return stored.out();
  }

  @Override
  public int in() {
    return stored.in();
  }
}
