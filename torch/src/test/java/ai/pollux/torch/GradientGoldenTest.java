package ai.pollux.torch;

import ai.pollux.tensor.Activation;
import ai.pollux.tensor.AttentionSpec;
import ai.pollux.tensor.Convolution;
import ai.pollux.tensor.OpGolden;
import ai.pollux.tensor.Origin;
import ai.pollux.tensor.Past;
import ai.pollux.tensor.Rope;
import ai.pollux.tensor.Samples;
import ai.pollux.tensor.Shape;
import ai.pollux.tensor.StepPast;
import ai.pollux.tensor.Tensor;
import ai.pollux.tensor.Weight;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The gradients of each operation, held to PyTorch's. Tolerances are those of {@code ops.json}: ten
 * times what f32 and f64 of the reference differ by.
 */
class GradientGoldenTest {
  /** One operation with its arguments as parameters. */
  private static final class Case implements AutoCloseable {
    private final OpGolden golden;
    private final TorchBackend backend =
        new TorchBackend(TorchSettings.cpu(1).tuning(Tuning.Weights.all()));

    Case(String name) {
      golden = new OpGolden(name);
    }

    Tensor in(String name) {
      return in(name, golden.shape("in." + name), golden.floats("in." + name));
    }

    Tensor in(String name, Shape shape, float[] values) {
      return backend.tensor(Origin.whole(name, List.of()), shape, values);
    }

    Weight matrix(String name) {
      return new Weight.Dense(in(name));
    }

    /** Σ y · g, whose gradient of y is g. */
    Tensor upstream(TorchOps ops, Tensor y, String result) {
      float[] gradient = golden.floats("grad.out." + result);
      Tensor flat = ops.reshape(y, 1, gradient.length);
      return ops.sum(ops.multiply(flat, ops.tensor(Shape.of(1, gradient.length), gradient)));
    }

    void gradients(String... names) {
      for (String name : names) {
        golden.expectTensor("grad.in." + name, gradient(name));
      }
    }

    float[] gradient(String name) {
      Parameter parameter = backend.parameters().find(name).orElseThrow();
      return parameter.gradient().orElse(new float[parameter.elements()]); // experts without rows
    }

    @Override
    public void close() {
      backend.close();
    }
  }

  private interface Computation {
    Tensor on(TorchOps ops, Case c);
  }

  private static void holds(String name, Computation computation, String... gradients) {
    try (Case c = new Case(name);
        TorchOps ops = c.backend.record()) {
      Tensor y = computation.on(ops, c);
      c.golden.expectTensor("out.y", y.toArray());
      ops.backward(c.upstream(ops, y, "y"));
      c.gradients(gradients);
    }
  }

  @Test
  void norms() {
    holds("rms_norm", (ops, c) -> ops.rmsNorm(c.in("x"), c.in("weight"), 1e-6f), "x", "weight");
    holds("rms_norm_no_scale", (ops, c) -> ops.rmsNorm(c.in("x"), 1e-6f), "x");
    holds(
        "layer_norm",
        (ops, c) -> ops.layerNorm(c.in("x"), c.in("weight"), c.in("bias"), 1e-5f),
        "x",
        "weight",
        "bias");
  }

  @Test
  void softmaxAndActivations() {
    holds("softmax_softcap", (ops, c) -> ops.softmax(ops.softcap(c.in("x"), 30)), "x");
    holds("gelu_pytorch_tanh", (ops, c) -> ops.activate(c.in("x"), Activation.GELU_TANH), "x");
  }

  @Test
  void theGatedMlp() {
    holds(
        "mlp_gelu_gated",
        (ops, c) -> {
          Tensor x = c.in("x");
          Tensor gate = ops.linear(x, c.matrix("gate"));
          Tensor up = ops.linear(x, c.matrix("up"));
          return ops.linear(ops.gated(gate, up, Activation.GELU_TANH), c.matrix("down"));
        },
        "x",
        "gate",
        "up",
        "down");
  }

  @Test
  void embeddingsAddTheGradientsOfATokenThatIsThereTwice() {
    holds(
        "embedding_scaled",
        (ops, c) -> ops.embed(c.golden.ints("in.ids"), c.matrix("table"), (float) Math.sqrt(24)),
        "table");
  }

  @ParameterizedTest
  @CsvSource({
    "rope_full,10000,16",
    "rope_full_long,10000,16",
    "rope_partial,1000000,4",
    "rope_partial_long,1000000,4"
  })
  void rope(String name, double theta, int turnedPairs) {
    float[] frequencies = Rope.standard(32, theta).frequencies();
    Arrays.fill(frequencies, turnedPairs, 16, 0);
    Rope rope = new Rope(frequencies, false);
    holds(
        name,
        (ops, c) -> {
          int[] positions = c.golden.ints("in.positions");
          int[] single = new int[positions.length];
          Arrays.fill(single, 1);
          return ops.rope(c.in("x"), rope, StepPast.of(positions, single));
        },
        "x");
  }

  @ParameterizedTest
  @CsvSource({
    "attention_sliding_gqa,6,0.25",
    "attention_media_block,6,1",
    "attention_media_block_full,2147483647,1"
  })
  void attention(String name, int window, float scale) {
    AttentionSpec spec = new AttentionSpec(0, true, window, scale, 0, true);
    holds(
        name,
        (ops, c) -> {
          int[] allowed = c.golden.ints("in.allowed");
          int[] last = new int[20];
          IntStream.range(0, allowed.length)
              .filter(i -> allowed[i] != 0)
              .forEach(i -> last[i / 20] = i % 20);
          Past past = new StepPast(new int[] {0}, new int[] {20}, last);
          return ops.attention(c.in("q"), c.in("k"), c.in("v"), spec, past);
        },
        "q",
        "k",
        "v");
  }

  @Test
  void losses() {
    loss("cross_entropy", 0);
    loss("cross_entropy_softcap", 30);
  }

  private static void loss(String name, float cap) {
    try (Case c = new Case(name);
        TorchOps ops = c.backend.record()) {
      int[] all = c.golden.ints("in.labels");
      int[] rows = IntStream.range(0, all.length).filter(row -> all[row] >= 0).toArray();
      int[] labels = Arrays.stream(rows).map(row -> all[row]).toArray();
      Tensor logits = ops.rows(c.in("logits"), rows);
      Tensor loss = ops.crossEntropy(cap > 0 ? ops.softcap(logits, cap) : logits, labels);
      c.golden.expectTensor("out.loss", loss.toArray());
      ops.backward(loss);
      c.gradients("logits");
    }
  }

  @Test
  void aCausalDepthwiseConvolution() {
    try (Case c = new Case("depthwise_conv1d_causal");
        TorchOps ops = c.backend.record()) {
      float[] stored = c.golden.floats("in.weight"); // [12, 1, 5]
      Tensor kernel = c.in("weight", Shape.of(5, 12), turned(stored, 5, 12));
      Tensor y = ops.depthwise(c.in("x"), kernel, Convolution.causal(17, 5));
      c.golden.expectTensor("out.y", y.toArray());
      ops.backward(c.upstream(ops, y, "y"));
      c.gradients("x");
      c.golden.expectTensor("grad.in.weight", turned(c.gradient("weight"), 12, 5));
    }
  }

  /** [columns, rows] → [rows, columns]. */
  private static float[] turned(float[] values, int rows, int columns) {
    float[] turned = new float[values.length];
    for (int i = 0; i < turned.length; i++) {
      turned[i] = values[i % columns * rows + i / columns];
    }
    return turned;
  }

  @Test
  void aMixtureOfExperts() {
    try (Case c = new Case("moe_topk");
        TorchOps ops = c.backend.record()) {
      Weight[] gateUp = new Weight[6];
      Weight[] down = new Weight[6];
      for (int e = 0; e < 6; e++) {
        gateUp[e] = part(c, "gate_up", e, 40, 16);
        down[e] = part(c, "down", e, 16, 20);
      }
      Tensor x = c.in("x");
      Tensor normed = ops.rmsNorm(x, c.in("scale"), 1e-6f);
      Tensor scores = ops.linear(ops.scale(normed, 0.25f), c.matrix("router"));
      Tensor routing = ops.multiply(ops.route(scores, 2), c.in("per_expert_scale"));
      Tensor y = ops.experts(x, routing, gateUp, down, Activation.GELU_TANH);
      c.golden.expectTensor("out.y", y.toArray());
      Tensor probabilities = ops.softmax(scores);
      ops.backward(
          ops.add(c.upstream(ops, y, "y"), c.upstream(ops, probabilities, "probabilities")));
      c.gradients("x", "scale", "router", "per_expert_scale");
      parts(c, "gate_up", 40 * 16);
      parts(c, "down", 16 * 20);
    }
  }

  private static Weight part(Case c, String name, int part, int out, int in) {
    float[] values = Samples.rows(c.golden.floats("in." + name), out * in, part, 1);
    return new Weight.Dense(c.in(name + part, Shape.of(out, in), values));
  }

  private static void parts(Case c, String name, int size) {
    float[] all = new float[6 * size];
    for (int e = 0; e < 6; e++) {
      System.arraycopy(c.gradient(name + e), 0, all, e * size, size);
    }
    c.golden.expectTensor("grad.in." + name, all);
  }

  @Test
  void poolingIsADepthwiseConvolution() {
    holds(
        "pool2d_average",
        (ops, c) -> {
          float[] share = new float[9 * 16];
          Arrays.fill(share, (float) (Math.sqrt(16) / 9));
          Tensor kernel = ops.tensor(Shape.of(9, 16), share);
          return ops.depthwise(c.in("x"), kernel, Convolution.tiles(6, 9, 3, 3));
        },
        "x");
  }
}
