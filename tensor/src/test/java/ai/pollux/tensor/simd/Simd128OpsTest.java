package ai.pollux.tensor.simd;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.OpsContract;

/** The contract with vectors of 128 bits. */
class Simd128OpsTest extends OpsContract {
  private final Backend backend = Widths.backend(128);

  @Override
  public Backend backend() {
    return backend;
  }
}
