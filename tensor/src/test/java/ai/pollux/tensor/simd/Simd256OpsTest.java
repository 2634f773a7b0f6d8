package ai.pollux.tensor.simd;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.OpsContract;

/** The contract with vectors of 256 bits. */
class Simd256OpsTest extends OpsContract {
  private final Backend backend = Widths.backend(256);

  @Override
  public Backend backend() {
    return backend;
  }
}
