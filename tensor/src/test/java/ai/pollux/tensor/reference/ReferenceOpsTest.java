package ai.pollux.tensor.reference;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.OpsContract;

/** The reference keeps the contract: what does not compare with the definitions has to hold. */
class ReferenceOpsTest extends OpsContract {
  private final Backend backend = new ReferenceBackend();

  @Override
  public Backend backend() {
    return backend;
  }
}
