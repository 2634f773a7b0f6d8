package ai.pollux.model.gemma3;

import ai.pollux.model.loading.Layers;
import ai.pollux.model.loading.Ropes;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Sizes;
import ai.pollux.model.loading.Weights;
import ai.pollux.tensor.Rope;

/**
 * What Gemma 3's models differ in.
 *
 * @param sliding for each layer, whether it has a sliding window
 * @param window how many positions a sliding layer sees
 * @param queryScale multiplies q · k
 * @param slidingRope rotation in sliding layers
 * @param fullRope rotation in the others
 * @param softcap of the logits; 0 for none
 * @param attentionSoftcap of attention scores; 0 for none
 */
record Gemma3Config(
    Sizes sizes,
    boolean[] sliding,
    int window,
    float queryScale,
    Rope slidingRope,
    Rope fullRope,
    float softcap,
    float attentionSoftcap) {
  private static final Sizes.Defaults DEFAULTS = new Sizes.Defaults(262_208, 131_072, 8, 4, 256);
  private static final int PATTERN = 6;
  private static final double SLIDING_THETA = 10_000;
  private static final double FULL_THETA = 1_000_000;

  /** The layers of the 27B model, whose query scale GGUF does not record. */
  private static final int LAYERS_OF_27B = 62;

  static Gemma3Config of(Settings settings, Weights weights) {
    return switch (settings.format()) {
      case HUGGING_FACE -> ofHuggingFace(settings);
      case GGUF -> ofGguf(settings, weights);
    };
  }

  static Gemma3Config ofHuggingFace(Settings s) {
    Sizes sizes = Sizes.ofHuggingFace(s, DEFAULTS);
    s.refuse("attention_bias", "Gemma 3's projections have no bias");
    s.expect("hidden_activation", "gelu_pytorch_tanh");
    s.refuse("use_bidirectional_attention", "this is an encoder of text, not a decoder");
    boolean[] sliding = Layers.sliding(s, sizes.layers(), PATTERN);
    double queryScalar = s.positive("query_pre_attn_scalar", 256);
    return new Gemma3Config(
        sizes,
        sliding,
        s.size("sliding_window", 4096),
        (float) (1 / Math.sqrt(queryScalar)),
        Layers.rope(
            s, "sliding_attention", "rope_local_base_freq", SLIDING_THETA, sizes.headSize()),
        Layers.rope(s, "full_attention", "rope_theta", FULL_THETA, sizes.headSize()),
        (float) s.positive("final_logit_softcapping", 0),
        (float) s.positive("attn_logit_softcapping", 0));
  }

  private static Gemma3Config ofGguf(Settings s, Weights weights) {
    Sizes sizes = Sizes.ofGguf(s, weights);
    int headSize = sizes.headSize();
    double queryScalar =
        sizes.layers() == LAYERS_OF_27B ? (double) sizes.hiddenSize() / sizes.heads() : headSize;
    double slidingTheta = s.positive("rope.freq_base_swa", SLIDING_THETA);
    return new Gemma3Config(
        sizes,
        Layers.sliding(s, sizes.layers(), PATTERN),
        s.size("attention.sliding_window"),
        (float) (1 / Math.sqrt(queryScalar)),
        Rope.standard(headSize, slidingTheta),
        Ropes.ofGguf(s, weights.ropeFactors(headSize / 2), headSize, false),
        (float) s.positive("final_logit_softcapping", 0),
        (float) s.positive("attn_logit_softcapping", 0));
  }
}
