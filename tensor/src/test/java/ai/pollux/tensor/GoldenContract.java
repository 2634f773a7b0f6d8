package ai.pollux.tensor;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What PyTorch computes: the definitions themselves are held to it. */
public interface GoldenContract extends UnderTest {
  @Test
  default void normsAreThoseOfPyTorch() {
    OpGolden rms = new OpGolden("rms_norm");
    rms.expect(
        "y",
        found(
            (b, ops) -> ops.rmsNorm(rms.tensor(ops, "in.x"), rms.tensor(ops, "in.weight"), 1e-6f)));
    OpGolden plain = new OpGolden("rms_norm_no_scale");
    plain.expect("y", found((b, ops) -> ops.rmsNorm(plain.tensor(ops, "in.x"), 1e-6f)));
    OpGolden layer = new OpGolden("layer_norm");
    layer.expect(
        "y",
        found((b, ops) ->
            ops.layerNorm(
                layer.tensor(ops, "in.x"),
                layer.tensor(ops, "in.weight"),
                layer.tensor(ops, "in.bias"),
                1e-5f)));
  }

  @Test
  default void softmaxUnderASoftcapIsThatOfPyTorch() {
    OpGolden golden = new OpGolden("softmax_softcap");
    golden.expect("y", found((b, ops) -> ops.softmax(ops.softcap(golden.tensor(ops, "in.x"), 30))));
  }

  @Test
  default void geluIsThatOfPyTorch() {
    OpGolden golden = new OpGolden("gelu_pytorch_tanh");
    golden.expect(
        "y", found((b, ops) -> ops.activate(golden.tensor(ops, "in.x"), Activation.GELU_TANH)));
  }

  @Test
  default void theGatedMlpIsThatOfPyTorch() {
    OpGolden golden = new OpGolden("mlp_gelu_gated");
    golden.expect(
        "y",
        found((b, ops) -> {
          Tensor x = golden.tensor(ops, "in.x");
          Tensor gate = ops.linear(x, golden.weight(b, "in.gate", 0, 40, 24));
          Tensor up = ops.linear(x, golden.weight(b, "in.up", 0, 40, 24));
          Tensor hidden = ops.gated(gate, up, Activation.GELU_TANH);
          return ops.linear(hidden, golden.weight(b, "in.down", 0, 24, 40));
        }));
  }

  @Test
  default void embeddingsAreThoseOfPyTorch() {
    OpGolden golden = new OpGolden("embedding_scaled");
    golden.expect(
        "y",
        found((b, ops) ->
            ops.embed(
                golden.ints("in.ids"),
                golden.weight(b, "in.table", 0, 30, 24),
                (float) Math.sqrt(24))));
  }

  @ParameterizedTest
  @CsvSource({
    "rope_full,10000,16",
    "rope_full_long,10000,16",
    "rope_partial,1000000,4",
    "rope_partial_long,1000000,4"
  })
  default void ropeIsThatOfPyTorch(String name, double theta, int turnedPairs) {
    OpGolden golden = new OpGolden(name);
    float[] frequencies = Rope.standard(32, theta).frequencies();
    Arrays.fill(frequencies, turnedPairs, 16, 0);
    int[] positions = golden.ints("in.positions");
    int[] single = new int[positions.length];
    Arrays.fill(single, 1);
    golden.expect(
        "y",
        found((b, ops) ->
            ops.rope(
                golden.tensor(ops, "in.x"),
                new Rope(frequencies, false),
                StepPast.of(positions, single))));
  }

  @ParameterizedTest
  @CsvSource({
    "attention_sliding_gqa,6,0.25",
    "attention_media_block,6,1",
    "attention_media_block_full,2147483647,1"
  })
  default void attentionIsThatOfPyTorch(String name, int window, float scale) {
    OpGolden golden = new OpGolden(name);
    int[] allowed = golden.ints("in.allowed");
    int[] lastVisible = new int[20];
    for (int i = 0; i < allowed.length; i++) {
      if (allowed[i] != 0) {
        lastVisible[i / 20] = i % 20;
      }
    }
    StepPast past = new StepPast(new int[] {0}, new int[] {20}, lastVisible);
    AttentionSpec spec = new AttentionSpec(0, true, window, scale, 0, true);
    golden.expect(
        "y",
        found((b, ops) ->
            ops.attention(
                golden.tensor(ops, "in.q"),
                golden.tensor(ops, "in.k"),
                golden.tensor(ops, "in.v"),
                spec,
                past)));
  }

  @Test
  default void aCausalDepthwiseConvolutionIsThatOfPyTorch() {
    OpGolden golden = new OpGolden("depthwise_conv1d_causal");
    float[] weight = golden.floats("in.weight"); // [12, 1, 5]
    float[] kernel = new float[weight.length]; // [5, 12]
    for (int i = 0; i < weight.length; i++) {
      kernel[i % 5 * 12 + i / 5] = weight[i];
    }
    golden.expect(
        "y",
        found((b, ops) ->
            ops.depthwise(
                golden.tensor(ops, "in.x"),
                ops.tensor(Shape.of(5, 12), kernel),
                Convolution.causal(17, 5))));
  }

  @Test
  default void aMixtureOfExpertsIsThatOfPyTorch() {
    OpGolden golden = new OpGolden("moe_topk");
    golden.expect("y", found((b, ops) -> mixture(golden, b, ops)));
  }

  private static Tensor mixture(OpGolden golden, Backend backend, Ops ops) {
    Weight[] gateUp = new Weight[6];
    Weight[] down = new Weight[6];
    for (int e = 0; e < 6; e++) {
      gateUp[e] = golden.weight(backend, "in.gate_up", e, 40, 16);
      down[e] = golden.weight(backend, "in.down", e, 16, 20);
    }
    Tensor x = golden.tensor(ops, "in.x");
    Tensor normed = ops.rmsNorm(x, golden.tensor(ops, "in.scale"), 1e-6f);
    Tensor scores =
        ops.linear(
            ops.scale(normed, (float) (1 / Math.sqrt(16))),
            golden.weight(backend, "in.router", 0, 6, 16));
    Tensor routing = ops.multiply(ops.route(scores, 2), golden.tensor(ops, "in.per_expert_scale"));
    return ops.experts(x, routing, gateUp, down, Activation.GELU_TANH);
  }
}
