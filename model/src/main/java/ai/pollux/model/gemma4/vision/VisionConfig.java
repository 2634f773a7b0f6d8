package ai.pollux.model.gemma4.vision;

import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Weights;

/**
 * What towers differ in.
 *
 * @param hiddenSize D
 * @param layers how many blocks
 * @param heads H
 * @param headSize K
 * @param feedForwardSize F
 * @param patchSize P, in pixels
 * @param positions how many columns and rows have learned places
 * @param pooling the side of a square of patches that become one row
 * @param theta base of the rotation
 * @param epsilon ε of its norms
 * @param isStandardised whether means are shifted and scaled
 */
record VisionConfig(
    int hiddenSize,
    int layers,
    int heads,
    int headSize,
    int feedForwardSize,
    int patchSize,
    int positions,
    int pooling,
    double theta,
    float epsilon,
    boolean isStandardised) {
  private static final double THETA = 100;
  private static final int POOLING = 3;

  /** From {@code vision_config}. */
  static VisionConfig ofHuggingFace(Settings s) {
    s.refuse("attention_bias", "the tower's projections have no bias");
    s.expect("hidden_activation", "gelu_pytorch_tanh");
    int heads = s.size("num_attention_heads", 12);
    s.integerOr("num_key_value_heads", heads, heads, heads);
    double theta =
        s.has("rope_parameters")
            ? s.section("rope_parameters").positive("rope_theta", THETA)
            : THETA;
    return new VisionConfig(
        s.size("hidden_size", 768),
        s.integerOr("num_hidden_layers", 16, 1, 4096),
        heads,
        quartered(s, "head_dim", s.size("head_dim", 64)),
        s.size("intermediate_size", 3072),
        s.size("patch_size", 16),
        s.size("position_embedding_size", 10 * 1024),
        s.size("pooling_kernel_size", POOLING),
        theta,
        (float) s.positive("rms_norm_eps", 1e-6),
        s.flag("standardize", false));
  }

  /** From {@code clip.vision}, which leaves much to the shapes of tensors. */
  static VisionConfig ofGguf(Settings s, Weights weights) {
    int heads = s.size("attention.head_count");
    int headSize = Math.max(1, weights.block(0).rows("attention.query") / heads);
    return new VisionConfig(
        s.size("embedding_length"),
        s.layers("block_count"),
        heads,
        quartered(s, "attention.head_count", headSize),
        s.size("feed_forward_length"),
        s.size("patch_size"),
        weights.size("positions", 1),
        s.size("projector.scale_factor", POOLING),
        THETA,
        (float) s.positive("attention.layer_norm_epsilon"),
        weights.has("standardShift"));
  }

  /** Two axes turn pairs of values. */
  private static int quartered(Settings s, String key, int headSize) {
    if (headSize % 4 != 0) {
      throw s.wrong(
          key, "one that makes heads of a multiple of 4 values, not %d".formatted(headSize));
    }
    return headSize;
  }
}
