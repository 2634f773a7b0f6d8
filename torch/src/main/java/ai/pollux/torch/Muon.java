package ai.pollux.torch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Steps of equal length in all directions of a matrix: the momentum M = U S Vᵀ is replaced by U Vᵀ,
 * which a few products approach without a decomposition (Newton and Schulz's iteration). By <a
 * href="https://kellerjordan.github.io/posts/muon/">Jordan et al. 2024</a>; scaled by 0.2 √max(m,
 * n) as in <a href="https://arxiv.org/abs/2502.16982">arXiv 2502.16982</a>, so that rate and weight
 * decay are those one would give AdamW.
 *
 * <p>For matrices between layers only. Tables, gains and the first layer of a medium are AdamW's.
 */
public final class Muon implements Optimizer {
  /**
   * The constants.
   *
   * @param momentum how much of the gradients before stays in a step
   * @param decay times the learning rate, how much smaller values get by themselves in a step
   * @param iterations of Newton and Schulz
   * @param half whether the iterations multiply in bfloat16, as their authors do
   */
  public record Settings(double momentum, double decay, int iterations, boolean half) {
    /** Momentum 0.95, five iterations in bfloat16. */
    public static Settings of(double decay) {
      return new Settings(0.95, decay, 5, true);
    }
  }

  private static final String MOMENTUM = "momentum_buffer";

  /** Chosen by the authors so that small singular values grow fast; all end near 1. */
  private static final double A = 3.4445;

  private static final double B = -4.7750;
  private static final double C = 2.0315;

  /** The root mean square of AdamW's steps, in learning rates, that the scale stands for. */
  private static final double LENGTH = 0.2;

  private final Settings settings;
  private final Handles handles = new Handles();
  private final Map<Parameter, TorchTensor> momenta = new LinkedHashMap<>();

  /**
   * An optimiser that took no step yet.
   *
   * @throws IllegalArgumentException if a parameter is no matrix
   */
  public Muon(Iterable<Parameter> parameters, Settings settings) {
    this.settings = settings;
    try (PointerScope _ = new PointerScope()) {
      for (Parameter parameter : parameters) {
        if (parameter.handle().dim() != 2) {
          throw new IllegalArgumentException(
              "Muon: expected matrices, found %s with %d axes. Leave it to AdamW"
                  .formatted(parameter.name(), parameter.handle().dim()));
        }
        momenta.put(parameter, handles.keep(torch.zeros_like(parameter.handle().detach())));
      }
    }
  }

  @Override
  public List<Parameter> parameters() {
    return List.copyOf(momenta.keySet());
  }

  @Override
  public void step(double learningRate) {
    momenta.forEach((parameter, momentum) -> {
      try (PointerScope _ = new PointerScope()) {
        Tensor gradient = parameter.handle().grad();
        if (gradient.defined()) {
          move(parameter.handle().detach(), gradient, momentum.handle(), learningRate);
        }
      } catch (RuntimeException e) {
        throw new TorchException(
            "Muon",
            "libtorch refused a step of %s: %s".formatted(parameter.name(), e.getMessage()),
            e);
      }
    });
  }

  private void move(Tensor values, Tensor gradient, Tensor momentum, double learningRate) {
    Scalar share = new Scalar(1 - settings.momentum());
    momentum.lerp_(gradient, share);
    Tensor ahead = gradient.lerp(momentum, new Scalar(settings.momentum())); // Nesterov's
    double size = LENGTH * Math.sqrt((double) Math.max(values.size(0), values.size(1)));
    values
        .mul_(new Scalar(1 - learningRate * settings.decay()))
        .add_(orthogonal(ahead), new Scalar(-learningRate * size));
  }

  /** A matrix with the singular vectors of another, whose singular values lie near 1. */
  Tensor orthogonal(Tensor matrix) {
    boolean tall = matrix.size(0) > matrix.size(1);
    Tensor wide = tall ? matrix.t() : matrix;
    Tensor norm = torch.linalg_vector_norm(wide).add(new Scalar(1e-7));
    Tensor x = wide.div(norm).to(settings.half() ? ScalarType.BFloat16 : ScalarType.Float);
    for (int i = 0; i < settings.iterations(); i++) {
      Tensor square = torch.mm(x, x.t());
      Tensor mixed = torch.addmm(square, square, square, new Scalar(B), new Scalar(C));
      x = torch.addmm(x, mixed, x, new Scalar(A), new Scalar(1.0));
    }
    Tensor full = Values.full(x);
    return tall ? full.t() : full;
  }

  @Override
  public Map<String, float[]> state(Parameter parameter) {
    return Map.of(MOMENTUM, known(parameter).toArray());
  }

  @Override
  public void restore(Parameter parameter, Map<String, float[]> state) {
    parameter.restore(state, MOMENTUM, known(parameter));
  }

  private TorchTensor known(Parameter parameter) {
    TorchTensor momentum = momenta.get(parameter);
    if (momentum == null) {
      throw new IllegalStateException(
          "Muon: %s is not one of its parameters".formatted(parameter.name()));
    }
    return momentum;
  }

  @Override
  public void close() {
    handles.close();
  }
}
