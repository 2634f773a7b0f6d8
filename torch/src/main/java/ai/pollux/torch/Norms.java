package ai.pollux.torch;

import static org.bytedeco.pytorch.global.torch.ScalarType;
import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.relu;

import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Operations over the innermost axis, in f32. */
final class Norms {
  private static final long[] LAST = {-1};

  private Norms() {}

  private static Tensor mean(Tensor x) {
    return x.mean(LAST, true, new org.bytedeco.pytorch.ScalarTypeOptional());
  }

  static Tensor rms(Tensor values, float epsilon) {
    Tensor x = Values.full(values);
    return x.mul(mean(x.square()).add(new Scalar((double) epsilon)).rsqrt());
  }

  /** Whether {@link #rms(OwnGradients, Tensor, Optional, float)} knows the gradients. */
  static boolean isOwn(Tensor x, Optional<Tensor> gain) {
    return GradMode.is_enabled()
        && x.requires_grad()
        && gain.map(g -> g.is_leaf() && g.scalar_type() == ScalarType.Float).orElse(true);
  }

  /**
   * The same with its gradient by hand. With r = 1 / √(mean(x²) + ε) and g the gradient of x · r ·
   * gain: that of the gain is Σ g · x · r over rows, that of x is g · gain · r - x · r³ · mean(g ·
   * gain · x).
   */
  static Tensor rms(OwnGradients own, Tensor values, Optional<Tensor> gain, float epsilon) {
    Tensor x = Values.full(values);
    long width = x.size(-1);
    Scalar two = new Scalar(2.0);
    Tensor plain = own.keep(x.detach());
    Tensor roots =
        own.keep(
            torch
                .linalg_vector_norm(plain, two, LAST, true, none())
                .square()
                .div(new Scalar((double) width))
                .add(new Scalar((double) epsilon))
                .rsqrt());
    return own.apply(
        x,
        () -> {
          Tensor y = plain.mul(roots);
          return gain.isPresent() ? y.mul_(gain.get().detach()) : y;
        },
        g -> {
          Tensor products = g.mul(plain);
          Tensor flat = products.reshape(-1, width);
          Tensor means;
          if (gain.isPresent()) {
            Tensor weights = gain.get().detach();
            addGradient(gain.get(), () -> flat.t().mv(roots.reshape(-1)));
            means = flat.mv(weights).reshape(roots.shape());
            torch.mul_out(products, g, weights);
          } else {
            means = flat.sum(1).reshape(roots.shape());
            products.copy_(g);
          }
          Tensor back = means.mul(roots.pow(new Scalar(3.0))).div(new Scalar((double) width));
          return products.mul_(roots).addcmul_(plain, back, new Scalar(-1.0));
        });
  }

  private static void addGradient(Tensor parameter, Supplier<Tensor> gradient) {
    if (parameter.requires_grad()) {
      Tensor sum = parameter.mutable_grad();
      if (sum.defined()) {
        sum.add_(gradient.get());
      } else {
        sum.put(gradient.get());
      }
    }
  }

  static Tensor layer(Tensor values, Tensor gain, Tensor bias, float epsilon) {
    Tensor x = Values.full(values);
    return torch.layer_norm(
        x,
        new long[] {x.size(-1)},
        new TensorOptional(gain),
        new TensorOptional(bias),
        epsilon,
        false);
  }

  /** In doubles, as what Gemma 3n's streams rest on. */
  static Tensor matchMagnitude(Tensor values, Tensor like, float epsilon) {
    Tensor x = values.to(ScalarType.Double);
    Tensor wanted = mean(like.to(ScalarType.Double).square()).sqrt();
    Tensor found = mean(x.square()).clamp_min(new Scalar((double) epsilon)).sqrt();
    return Values.full(x.mul(wanted.div(found)));
  }

  /** In doubles: what a cutoff lets through depends on its last bits. */
  static Tensor gaussianTopK(Tensor values, float deviations) {
    Tensor x = values.to(ScalarType.Double);
    Tensor mean = mean(x);
    Tensor deviation = mean(x.sub(mean).square()).sqrt();
    return Values.full(relu(x.sub(mean.add(deviation.mul(new Scalar((double) deviations))))));
  }

  /** In doubles: the sums run over all rows. */
  static Tensor cumulative(Tensor values, float epsilon) {
    Tensor x = values.to(ScalarType.Double);
    long width = x.size(1);
    Tensor count =
        arange(new Scalar(1L), new Scalar(x.size(0) + 1), x.options())
            .mul(new Scalar((double) width))
            .unsqueeze(1);
    Tensor mean = x.sum(LAST, true, none()).cumsum(0).div(count);
    Tensor apart = x.sub(mean);
    Tensor variance = apart.square().sum(LAST, true, none()).cumsum(0).div(count);
    return Values.full(apart.mul(variance.add(new Scalar((double) epsilon)).rsqrt()));
  }

  private static org.bytedeco.pytorch.ScalarTypeOptional none() {
    return new org.bytedeco.pytorch.ScalarTypeOptional();
  }

  static Tensor softmax(Tensor x) {
    return torch.softmax(Values.full(x), -1);
  }
}
