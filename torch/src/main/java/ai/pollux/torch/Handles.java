package ai.pollux.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The tensors of one owner, in the order they were made. Frees what was not freed before. */
final class Handles implements AutoCloseable {
  private final List<TorchTensor> tensors = new ArrayList<>();

  /** A tensor with a reference of its own to a handle. */
  TorchTensor keep(Tensor handle) {
    TorchTensor tensor = new TorchTensor(handle);
    tensors.add(tensor);
    return tensor;
  }

  int count() {
    return tensors.size();
  }

  /** Frees all tensors made since there were {@code mark}, but one. */
  void release(int mark, ai.pollux.tensor.Tensor kept) {
    boolean found = false;
    for (int i = tensors.size() - 1; i >= mark; i--) {
      TorchTensor tensor = tensors.removeLast();
      if (tensor == kept) {
        found = true;
      } else {
        tensor.free();
      }
    }
    if (found && kept instanceof TorchTensor tensor) {
      tensors.add(tensor);
    }
  }

  @Override
  public void close() {
    tensors.forEach(TorchTensor::free);
    tensors.clear();
  }
}
