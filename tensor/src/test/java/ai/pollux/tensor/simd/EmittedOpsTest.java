package ai.pollux.tensor.simd;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.OpsContract;

/** The contract as the backend comes: with emitted kernels where this machine runs them. */
class EmittedOpsTest extends OpsContract {
  private final Backend backend = new SimdBackend(2);

  @Override
  public Backend backend() {
    return backend;
  }
}
