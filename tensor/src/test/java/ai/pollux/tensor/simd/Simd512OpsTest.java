package ai.pollux.tensor.simd;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.OpsContract;

/** The contract with vectors of 512 bits. */
class Simd512OpsTest extends OpsContract {
  private final Backend backend = Widths.backend(512);

  @Override
  public Backend backend() {
    return backend;
  }
}
