package ai.pollux.torch;

import static org.assertj.core.api.Assertions.assertThat;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Convolution;
import ai.pollux.tensor.Origin;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Samples;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import ai.pollux.tensor.quant.Formats;
import ai.pollux.tensor.reference.ReferenceBackend;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Gradients of operations that no golden has: what the definition's result changes by along a
 * direction is the gradient's product with it.
 */
class NumericGradientTest {
  interface Computation {
    Tensor on(ai.pollux.tensor.Ops ops, Tensor x);
  }

  static Stream<Map.Entry<String, Computation>> operations() {
    Past past = Past.packed(3, 2);
    Shape heads = Shape.of(5, 2, 4);
    float[] other = Samples.normal(7, 40);
    return Stream.<Map.Entry<String, Computation>>of(
        Map.entry("add", (ops, x) -> ops.add(x, ops.tensor(Shape.of(8), Samples.normal(2, 8)))),
        Map.entry("multiply", (ops, x) -> ops.multiply(x, x)),
        Map.entry("scale", (ops, x) -> ops.scale(x, -3)),
        Map.entry("clamp", (ops, x) -> ops.clamp(x, -0.7f, 0.9f)),
        Map.entry("silu", (ops, x) -> ops.gated(x, x, Activation.SILU)),
        Map.entry("sigmoid", (ops, x) -> ops.activate(x, Activation.SIGMOID)),
        Map.entry("tanh", (ops, x) -> ops.activate(x, Activation.TANH)),
        Map.entry("relu", (ops, x) -> ops.activate(x, Activation.RELU)),
        Map.entry("columns", (ops, x) -> ops.columns(x, 2, 3)),
        Map.entry("concatenate", (ops, x) -> ops.concatenate(ops.scale(x, 2), x)),
        Map.entry("rows", (ops, x) -> ops.rows(x, new int[] {3, 0, 3})),
        Map.entry(
            "place", (ops, x) -> ops.place(x, new int[] {4, 1}, ops.rows(x, new int[] {0, 4}))),
        Map.entry("match", (ops, x) -> ops.matchMagnitude(ops.multiply(x, x), x, 1e-5f)),
        Map.entry("topK", (ops, x) -> ops.gaussianTopK(x, 0.3f)),
        Map.entry("cumulative", (ops, x) -> ops.cumulativeNorm(x, 1e-3f)),
        Map.entry(
            "combine",
            (ops, x) ->
                ops.combine(
                    ops.softmax(ops.tensor(Shape.of(3, 2), Samples.normal(3, 6))),
                    ops.reshape(x, 5, 2, 4))),
        Map.entry(
            "combine own",
            (ops, x) -> ops.combine(ops.reshape(x, 5, 4, 2), ops.reshape(x, 5, 2, 4))),
        Map.entry(
            "interleaved rope",
            (ops, x) ->
                ops.rope(ops.reshape(x, 5, 2, 4), new Rope(new float[] {1, 0.1f}, true), past)),
        Map.entry(
            "capped attention",
            (ops, x) -> {
              Tensor q = ops.reshape(x, 5, 2, 4);
              AttentionSpec spec = new AttentionSpec(0, true, 2, 0.5f, 3, false);
              return ops.attention(q, q, ops.tensor(heads, other), spec, past);
            }),
        Map.entry(
            "relative attention",
            (ops, x) -> {
              Tensor q = ops.reshape(x, 5, 2, 4);
              Tensor distances = ops.tensor(Shape.of(2, 2, 4), Samples.normal(5, 16));
              return ops.relativeAttention(q, q, ops.tensor(heads, other), distances, 5, past);
            }),
        Map.entry(
            "conv2d",
            (ops, x) ->
                ops.conv2d(
                    ops.reshape(x, 20, 2),
                    Samples.stored(1, Formats.F32, 3, 18),
                    Convolution.same(4, 5, 3, 2))),
        Map.entry(
            "quantised linear", (ops, x) -> ops.linear(ops.reshape(x, 1, 40), quantised(ops))),
        Map.entry("route", (ops, x) -> ops.route(x, 3)));
  }

  private static Weight quantised(ai.pollux.tensor.Ops ops) {
    float[] down = Samples.normal(4, 2 * 40);
    return new Weight.LowRank(
        Samples.stored(1, Formats.BF16, 6, 40),
        ops.tensor(Shape.of(2, 40), down),
        ops.tensor(Shape.of(6, 2), Samples.normal(6, 12)),
        0.5f);
  }

  /**
   * The central difference over ±h is off by h² times a third derivative, some tens here: 1e-2 for
   * h of 1e-2, less what f32 of the results leaves, 1e-6 / h. Results are sums of up to 100 terms.
   */
  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void gradientIsTheSlopeOfTheDefinition(Map.Entry<String, Computation> operation) {
    float[] x = Samples.normal(11, 40);
    float[] direction = Samples.normal(12, 40);
    float h = 2e-3f;
    double slope =
        (reference(operation.getValue(), moved(x, direction, h))
                - reference(operation.getValue(), moved(x, direction, -h)))
            / (2 * h);
    float[] gradient = gradient(operation.getValue(), x);
    double product = 0;
    for (int i = 0; i < x.length; i++) {
      product += (double) gradient[i] * direction[i];
    }
    assertThat(product)
        .as(operation.getKey())
        .isCloseTo(
            slope, org.assertj.core.api.Assertions.within(2e-2 * Math.max(1, Math.abs(slope))));
  }

  private static float[] moved(float[] x, float[] direction, float by) {
    float[] moved = x.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += by * direction[i];
    }
    return moved;
  }

  private static double reference(Computation computation, float[] x) {
    try (var backend = new ReferenceBackend();
        var ops = backend.open()) {
      float[] y = computation.on(ops, ops.tensor(Shape.of(5, 8), x)).toArray();
      float[] weights = Samples.normal(13, y.length);
      double sum = 0;
      for (int i = 0; i < y.length; i++) {
        sum += (double) y[i] * weights[i];
      }
      return sum;
    }
  }

  private static float[] gradient(Computation computation, float[] x) {
    try (TorchBackend backend =
            new TorchBackend(TorchSettings.cpu(1).tuning(Tuning.Weights.all()));
        TorchOps ops = backend.record()) {
      Tensor in = backend.tensor(Origin.whole("x", List.of()), Shape.of(5, 8), x);
      Tensor y = computation.on(ops, in);
      Shape flat = Shape.of(1, y.elements());
      Tensor weights = ops.tensor(flat, Samples.normal(13, y.elements()));
      ops.backward(ops.sum(ops.multiply(ops.reshape(y, 1, y.elements()), weights)));
      return backend.parameters().find("x").orElseThrow().gradient().orElseThrow();
    }
  }
}
