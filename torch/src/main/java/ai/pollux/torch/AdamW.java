package ai.pollux.torch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam with decoupled weight decay, <a href="https://arxiv.org/abs/1711.05101">arXiv
 * 1711.05101</a>, in libtorch's fused form: one pass over values, gradients and moments. Owns the
 * moments of each parameter; close it after use.
 */
public final class AdamW implements Optimizer {
  /**
   * The constants.
   *
   * @param beta1 how much of the first moment stays in a step
   * @param beta2 of the second
   * @param epsilon is added to the second moment's root
   * @param decay of the parameters that {@code decayed} names, times the learning rate in a step
   * @param decayed which parameters get smaller by themselves: by convention matrices
   */
  public record Settings(
      double beta1, double beta2, double epsilon, double decay, Predicate<Parameter> decayed) {
    /** β 0.9 and 0.95, ε 1e-8, decay of matrices alone. */
    public static Settings of(double decay) {
      return new Settings(0.9, 0.95, 1e-8, decay, Parameter::isMatrix);
    }
  }

  private record State(TorchTensor steps, TorchTensor first, TorchTensor second) {}

  private static final String STEPS = "step";
  private static final String FIRST = "exp_avg";
  private static final String SECOND = "exp_avg_sq";

  private final Iterable<Parameter> parameters;
  private final Settings settings;
  private final Handles handles = new Handles();
  private final Map<Parameter, State> states = new LinkedHashMap<>();

  /** An optimiser that took no step yet. */
  public AdamW(Iterable<Parameter> parameters, Settings settings) {
    this.parameters = parameters;
    this.settings = settings;
    try (PointerScope _ = new PointerScope()) {
      for (Parameter parameter : parameters) {
        Tensor like = parameter.handle().detach();
        states.put(
            parameter,
            new State(
                handles.keep(Values.zeros(like, 1).reshape()),
                handles.keep(torch.zeros_like(like)),
                handles.keep(torch.zeros_like(like))));
      }
    }
  }

  @Override
  public List<Parameter> parameters() {
    return List.copyOf(states.keySet());
  }

  @Override
  public void step(double learningRate) {
    List<Parameter> decayed = new ArrayList<>();
    List<Parameter> others = new ArrayList<>();
    parameters.forEach(
        parameter -> (settings.decayed().test(parameter) ? decayed : others).add(parameter));
    step(decayed, learningRate, settings.decay());
    step(others, learningRate, 0);
  }

  private void step(List<Parameter> group, double learningRate, double decay) {
    try (PointerScope _ = new PointerScope()) {
      TensorVector values = new TensorVector();
      TensorVector gradients = new TensorVector();
      TensorVector firsts = new TensorVector();
      TensorVector seconds = new TensorVector();
      TensorVector steps = new TensorVector();
      for (Parameter parameter : group) {
        Tensor gradient = parameter.handle().grad();
        if (gradient.defined()) {
          State state = known(parameter);
          values.push_back(parameter.handle().detach());
          gradients.push_back(gradient);
          firsts.push_back(state.first().handle());
          seconds.push_back(state.second().handle());
          steps.push_back(state.steps().handle().add_(new Scalar(1.0)));
        }
      }
      if (values.size() > 0) {
        OperatorHandle fused = Dispatcher.singleton().findSchemaOrThrow("aten::_fused_adamw_", "");
        Dispatcher.singleton()
            .callBoxed(
                fused,
                new IValueVector(
                    list(values),
                    list(gradients),
                    list(firsts),
                    list(seconds),
                    list(new TensorVector()),
                    list(steps),
                    new IValue(learningRate),
                    new IValue(settings.beta1()),
                    new IValue(settings.beta2()),
                    new IValue(decay),
                    new IValue(settings.epsilon()),
                    new IValue(false),
                    new IValue(false),
                    new IValue(),
                    new IValue()));
      }
    } catch (IllegalStateException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new TorchException("AdamW", "libtorch refused a step: " + e.getMessage(), e);
    }
  }

  /** A list of tensors is a list of values to libtorch; only Java's types tell them apart. */
  private static IValue list(TensorVector tensors) {
    return new IValue(new GenericList((Pointer) new TensorList(tensors)));
  }

  private State known(Parameter parameter) {
    State state = states.get(parameter);
    if (state == null) {
      throw new IllegalStateException(
          "AdamW: %s was loaded after the optimiser was made. Load all models first"
              .formatted(parameter.name()));
    }
    return state;
  }

  @Override
  public Map<String, float[]> state(Parameter parameter) {
    State state = known(parameter);
    return Map.of(
        STEPS,
        Parameter.read(state.steps().handle()),
        FIRST,
        state.first().toArray(),
        SECOND,
        state.second().toArray());
  }

  @Override
  public void restore(Parameter parameter, Map<String, float[]> known) {
    State state = known(parameter);
    parameter.restore(known, STEPS, state.steps());
    parameter.restore(known, FIRST, state.first());
    parameter.restore(known, SECOND, state.second());
  }

  @Override
  public void close() {
    handles.close();
  }
}
