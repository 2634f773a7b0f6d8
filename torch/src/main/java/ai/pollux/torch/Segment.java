package ai.pollux.torch;

import ai.pollux.torch.Recomputation.Call;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;

/**
 * Operations whose graph was cut off.
 *
 * @param inputs what they read, with references to the values of their own
 * @param output the tensor that others read
 * @param leaf the same values without a graph, which later operations read; a reference of its own
 */
record Segment(List<Call> calls, List<Input> inputs, TorchTensor output, Tensor leaf) {
  /** A tensor that the operations read, and its value then. */
  record Input(TorchTensor tensor, Tensor value) {
    /** Whether other operations made it, whose graph is not this segment's. */
    boolean hasPast() {
      return value.requires_grad() && !value.is_leaf();
    }
  }

  /** An input while a segment is computed again: {@code value} is what it reads instead. */
  private record Start(Input input, boolean wasAlive, Tensor value) {
    static Start of(Input input) {
      Tensor value =
          input.hasPast() ? input.value().detach().set_requires_grad(true) : input.value();
      Start start = new Start(input, input.tensor().isAlive(), value);
      input.tensor().replace(value);
      return start;
    }

    /** Puts the tensor back as it was, and hands the gradient on to what made it. */
    void end() {
      if (wasAlive) {
        input.tensor().replace(input.value());
      } else {
        input.tensor().free();
      }
      if (input.hasPast() && value.grad().defined()) {
        send(input.value(), value.grad());
      }
    }
  }

  /** Cuts off operations that made an output, which from here on has no past. */
  static Segment cut(List<Call> calls, TorchTensor output) {
    List<Input> inputs =
        Recomputation.inputs(calls).stream()
            .map(tensor -> new Input(tensor, tensor.handle().retainReference()))
            .toList();
    try (PointerScope _ = new PointerScope()) {
      Tensor leaf = output.handle().detach().set_requires_grad(true);
      output.replace(leaf);
      leaf.retainReference();
      return new Segment(calls, inputs, output, leaf);
    }
  }

  /** Computes again, with a graph, and sends the gradient that came to the leaf through it. */
  void backward() {
    try (PointerScope _ = new PointerScope()) {
      Tensor gradient = leaf.grad();
      if (!gradient.defined()) {
        return;
      }
      List<Start> starts = new ArrayList<>();
      inputs.forEach(input -> starts.add(Start.of(input)));
      for (Call call : calls) {
        call.made().replace(call.body().get());
      }
      send(output.handle(), gradient);
      calls.forEach(call -> call.made().free());
      starts.forEach(Start::end);
    }
  }

  /** The graph stays: other segments may send gradients through the same part of it. */
  private static void send(Tensor tensor, Tensor gradient) {
    tensor.backward(gradient, new BoolOptional(true), false, new TensorArrayRefOptional());
  }

  void close() {
    inputs.forEach(input -> input.value().releaseReference());
    leaf.releaseReference();
  }
}
