package ai.pollux.torch;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** All weights of a backend that are trained, in the order they were loaded. */
public final class Parameters implements Iterable<Parameter> {
  private final Map<String, Parameter> byName = new LinkedHashMap<>();

  Parameters() {}

  void add(Parameter parameter) {
    byName.put(parameter.name(), parameter);
  }

  /** All of them. */
  public List<Parameter> all() {
    return List.copyOf(byName.values());
  }

  @Override
  public Iterator<Parameter> iterator() {
    return all().iterator();
  }

  /** One of them by its name; empty if there is none. */
  public Optional<Parameter> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** How many values they have together. */
  public long elements() {
    return byName.values().stream().mapToLong(Parameter::elements).sum();
  }

  /** Forgets all gradients. */
  public void clearGradients() {
    try (PointerScope _ = new PointerScope()) {
      byName.values().forEach(parameter -> parameter.handle().mutable_grad().reset());
    }
  }

  /** The root of the sum of the squares of all gradients; not a number where one of them is not. */
  public double gradientNorm() {
    return clipGradients(Double.POSITIVE_INFINITY);
  }

  /**
   * Scales all gradients by min(1, most / (norm + 1e-6)).
   *
   * @return their norm before
   */
  public double clipGradients(double most) {
    try (PointerScope _ = new PointerScope()) {
      List<Tensor> gradients = new ArrayList<>();
      for (Parameter parameter : byName.values()) {
        Tensor gradient = parameter.handle().grad();
        if (gradient.defined()) {
          gradients.add(gradient);
        }
      }
      if (gradients.isEmpty()) {
        return 0;
      }
      double squares = 0;
      for (Tensor gradient : gradients) {
        double norm = torch.linalg_vector_norm(gradient).item_double();
        squares += norm * norm;
      }
      double norm = Math.sqrt(squares);
      double factor = most / (norm + 1e-6);
      if (factor < 1) {
        Scalar scale = new Scalar(factor);
        gradients.forEach(gradient -> gradient.mul_(scale));
      }
      return norm;
    }
  }
}
