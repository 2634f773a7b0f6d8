package ai.pollux.torch;

import ai.pollux.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lets a step remember only what its blocks return, <a
 * href="https://arxiv.org/abs/1604.06174">arXiv 1604.06174</a>: where a model releases memory, the
 * graph of what it computed since its mark is cut off, and computed again when the gradients come
 * back to it.
 *
 * <p>A cut inside another is not cut again: the outer one keeps its graph.
 */
final class Recomputation implements AutoCloseable {
  /** An operation that was run, and what it made. */
  record Call(
      TorchTensor made, Supplier<org.bytedeco.pytorch.Tensor> body, List<TorchTensor> arguments) {}

  private record Mark(int calls, int segments, int gradients) {}

  private final boolean enabled;
  private final OwnGradients own;
  private final List<Call> calls = new ArrayList<>();
  private final List<Segment> segments = new ArrayList<>();
  private final Map<Integer, Mark> marks = new HashMap<>();

  Recomputation(boolean enabled, OwnGradients own) {
    this.enabled = enabled;
    this.own = own;
  }

  /** Notes an operation. */
  void made(TorchTensor made, Supplier<org.bytedeco.pytorch.Tensor> body, Tensor... arguments) {
    if (enabled) {
      List<TorchTensor> ours = new ArrayList<>();
      for (Tensor argument : arguments) {
        if (argument instanceof TorchTensor tensor) {
          ours.add(tensor);
        }
      }
      calls.add(new Call(made, body, ours));
    }
  }

  /** Notes a mark. */
  void mark(int mark) {
    if (enabled) {
      marks.put(mark, new Mark(calls.size(), segments.size(), own.mark()));
    }
  }

  /** Cuts off what was computed since a mark, if {@code kept} was. */
  void release(int mark, Tensor kept) {
    Mark since = marks.get(mark);
    if (!enabled || since == null) {
      return;
    }
    List<Call> inside = calls.subList(since.calls(), calls.size());
    boolean whole = segments.size() == since.segments();
    if (whole && inside.stream().anyMatch(call -> call.made() == kept)) {
      TorchTensor output = (TorchTensor) kept;
      if (output.handle().requires_grad()) {
        segments.add(Segment.cut(List.copyOf(inside), output));
        own.release(since.gradients());
        marks.put(mark, new Mark(since.calls(), segments.size(), since.gradients()));
      }
      inside.clear();
    }
  }

  /** Brings the gradients from the last cut to the first. */
  void backward() {
    for (Segment segment : segments.reversed()) {
      int mark = own.mark();
      segment.backward();
      own.release(mark);
    }
  }

  /** Whether gradients will have to pass a cut. */
  boolean hasCuts() {
    return !segments.isEmpty();
  }

  @Override
  public void close() {
    segments.forEach(Segment::close);
  }

  /** All tensors that calls read and did not make. */
  static Set<TorchTensor> inputs(List<Call> calls) {
    Set<TorchTensor> made = new HashSet<>();
    Set<TorchTensor> read = new HashSet<>();
    for (Call call : calls) {
      call.arguments().stream().filter(tensor -> !made.contains(tensor)).forEach(read::add);
      made.add(call.made());
    }
    return read;
  }
}
