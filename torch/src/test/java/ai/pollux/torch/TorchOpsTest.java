package ai.pollux.torch;

import ai.pollux.tensor.Backend;
import ai.pollux.tensor.OpsContract;

/** The contract on libtorch. */
class TorchOpsTest extends OpsContract {
  private final Backend backend = new TorchBackend(TorchSettings.cpu(1));

  @Override
  public Backend backend() {
    return backend;
  }
}
