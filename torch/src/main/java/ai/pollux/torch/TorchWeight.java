package ai.pollux.torch;

import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.BlockFormat;

/** A weight that was decoded to f32 when it was packed. */
record TorchWeight(BlockFormat format, TorchTensor values) implements Weight.Packed {
  @Override
  public int out() {
    return values.size(0);
  }

  @Override
  public int in() {
    return values.size(1);
  }
}
