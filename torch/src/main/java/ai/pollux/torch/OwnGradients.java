package ai.pollux.torch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorTensorHook;

/**
 * Operations whose gradient is written by hand, because the one that libtorch derives passes over
 * memory several times as often. The result takes the place of the values of a view of the input,
 * and a hook on that view turns the gradient of the result into that of the input.
 *
 * <p>Owns the hooks, which libtorch calls but does not keep alive: close it after the gradients.
 */
final class OwnGradients implements AutoCloseable {
  /** How to free what was kept, in order. */
  private final List<Runnable> kept = new ArrayList<>();

  /** Calls Java from libtorch's way back. */
  private static final class Hook extends TensorTensorHook {
    private final UnaryOperator<Tensor> gradient;
    private Optional<Tensor> result = Optional.empty();

    Hook(UnaryOperator<Tensor> gradient) {
      this.gradient = gradient;
    }

    /** What it returns is read after it returned, so it lives until the next call or the end. */
    @Override
    public TensorBase call(TensorBase given) {
      try (PointerScope _ = new PointerScope()) {
        Tensor made = gradient.apply(new Tensor(given));
        made.retainReference();
        free();
        result = Optional.of(made);
        return made;
      }
    }

    private void free() {
      result.ifPresent(Tensor::releaseReference);
      result = Optional.empty();
    }
  }

  /** A tensor that a gradient will read, with a reference of its own until the end. */
  Tensor keep(Tensor tensor) {
    tensor.retainReference();
    kept.add(tensor::releaseReference);
    return tensor;
  }

  /**
   * An operation on single rows, of the shape and type of its input.
   *
   * @param values computes the result
   * @param gradient of the result to gradient of the input
   */
  Tensor apply(Tensor input, Supplier<Tensor> values, UnaryOperator<Tensor> gradient) {
    GradMode.set_enabled(false);
    Tensor made = values.get();
    GradMode.set_enabled(true);
    Tensor view = input.view_as(input);
    view.set_data(made);
    Hook hook = new Hook(gradient);
    hook.retainReference();
    kept.add(hook::free);
    kept.add(hook::releaseReference);
    view.register_hook(hook);
    return view;
  }

  /** A point in the life of what is kept, for {@link #release}. */
  int mark() {
    return kept.size();
  }

  /** Frees what was kept since a mark, whose gradients will not be asked for any more. */
  void release(int mark) {
    while (kept.size() > mark) {
      kept.removeLast().run();
    }
  }

  @Override
  public void close() {
    release(0);
  }
}
