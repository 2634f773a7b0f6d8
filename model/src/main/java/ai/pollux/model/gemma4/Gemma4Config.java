package ai.pollux.model.gemma4;

import ai.pollux.model.loading.Layers;
import ai.pollux.model.loading.Ropes;
import ai.pollux.model.loading.Settings;
import ai.pollux.model.loading.Sizes;
import ai.pollux.model.loading.Weights;
import ai.pollux.tensor.Rope;
import java.util.Arrays;

/**
 * What Gemma 4's models differ in.
 *
 * @param sizes those of the local layers, where layers differ
 * @param sliding for each layer, whether it is local: has a sliding window
 * @param window how many positions a local layer sees
 * @param kvHeads G of each layer
 * @param feedForwardSizes F of each layer
 * @param globalHeadSize K of the global layers
 * @param valuesFromKeys whether global layers use one projection for keys and values
 * @param sharing how many of the last layers read keys and values of an earlier one
 * @param perLayerSize how many values of its own each layer gets for a token; 0 for none
 * @param perLayerVocabulary tokens that have such values
 * @param experts the mixture of experts
 * @param localRope rotation in local layers
 * @param globalRope rotation in global layers
 * @param softcap of the logits; 0 for none
 * @param looksAhead whether tokens of one image see each other in local layers
 */
record Gemma4Config(
    Sizes sizes,
    boolean[] sliding,
    int window,
    int[] kvHeads,
    int[] feedForwardSizes,
    int globalHeadSize,
    boolean valuesFromKeys,
    int sharing,
    int perLayerSize,
    int perLayerVocabulary,
    Experts experts,
    Rope localRope,
    Rope globalRope,
    float softcap,
    boolean looksAhead) {
  private static final Sizes.Defaults DEFAULTS = new Sizes.Defaults(262_144, 131_072, 8, 4, 256);
  private static final int PATTERN = 6;
  private static final double LOCAL_THETA = 10_000;
  private static final double GLOBAL_THETA = 1_000_000;
  private static final double GLOBAL_SHARE = 0.25;
  private static final String VISION = "vision";

  /**
   * A mixture of experts beside the dense feed-forward layer.
   *
   * @param count E; 0 for none
   * @param taken how many a token goes through
   * @param size F of one expert
   */
  record Experts(int count, int taken, int size) {
    static final Experts NONE = new Experts(0, 0, 0);

    static Experts of(Settings s, String countKey, String takenKey, String sizeKey) {
      int count = s.integer(countKey, 1, 1 << 16);
      return new Experts(count, s.integer(takenKey, 1, count), s.size(sizeKey));
    }
  }

  static Gemma4Config of(Settings settings, Weights weights) {
    return switch (settings.format()) {
      case HUGGING_FACE -> ofHuggingFace(settings);
      case GGUF -> ofGguf(settings, weights);
    };
  }

  /** The head size of a layer. */
  int headSize(int layer) {
    return sliding[layer] ? sizes.headSize() : globalHeadSize;
  }

  /** Whether a layer makes keys and values of its own. */
  boolean ownsKeys(int layer) {
    return layer < sizes.layers() - sharing;
  }

  /**
   * The layer whose keys and values a layer reads: itself, or the last one of its kind that makes
   * some; -1 if there is none.
   */
  int source(int layer) {
    int source = Math.min(layer, sizes.layers() - sharing - 1);
    while (source >= 0 && sliding[source] != sliding[layer]) {
      source--;
    }
    return source;
  }

  /** Whether later layers read a layer's keys and values. */
  boolean lendsKeys(int layer) {
    for (int reader = sizes.layers() - sharing; reader < sizes.layers(); reader++) {
      if (source(reader) == layer) {
        return true;
      }
    }
    return false;
  }

  private Gemma4Config checked(Settings settings, String sharingKey) {
    for (int layer = 0; layer < sizes.layers(); layer++) {
      if (source(layer) < 0 || kvHeads[source(layer)] != kvHeads[layer]) {
        throw settings.wrong(
            sharingKey,
            "an earlier layer of layer %d's kind that owns keys and values".formatted(layer));
      }
    }
    return this;
  }

  static Gemma4Config ofHuggingFace(Settings s) {
    Sizes sizes = Sizes.ofHuggingFace(s, DEFAULTS);
    s.refuse("attention_bias", "Gemma 4's projections have no bias");
    s.expect("hidden_activation", "gelu_pytorch_tanh");
    boolean unified = s.text("model_type", "").startsWith("gemma4_unified");
    String ahead = s.text("use_bidirectional_attention", unified ? VISION : "none");
    if (ahead.equals("all")) {
      throw s.wrong("use_bidirectional_attention", "null or \"vision\", for a decoder");
    }
    int layers = sizes.layers();
    int sharing = s.integerOr("num_kv_shared_layers", 0, 0, layers - 1);
    int globalHeadSize = s.headSize("global_head_dim", 512);
    boolean[] sliding = Layers.sliding(s, layers, PATTERN);
    return new Gemma4Config(
            sizes,
            sliding,
            s.size("sliding_window", unified ? 1024 : 512),
            kvHeads(s, sizes, sliding),
            feedForwardSizes(s, sizes, sharing),
            globalHeadSize,
            s.flag("attention_k_eq_v", false),
            sharing,
            s.integerOr("hidden_size_per_layer_input", unified ? 0 : 256, 0, 1 << 20),
            s.size("vocab_size_per_layer_input", 262_144),
            s.flag("enable_moe_block", false)
                ? Experts.of(s, "num_experts", "top_k_experts", "moe_intermediate_size")
                : Experts.NONE,
            Layers.rope(
                s, "sliding_attention", "rope_local_base_freq", LOCAL_THETA, sizes.headSize()),
            s.has("rope_parameters")
                ? Layers.rope(s, "full_attention", "rope_theta", GLOBAL_THETA, globalHeadSize)
                : Ropes.proportional(GLOBAL_SHARE, 1, GLOBAL_THETA, globalHeadSize),
            (float) s.positive("final_logit_softcapping", 0),
            ahead.equals(VISION))
        .checked(s, "num_kv_shared_layers");
  }

  private static int[] kvHeads(Settings s, Sizes sizes, boolean[] sliding) {
    boolean few = s.flag("attention_k_eq_v", false);
    int global = few ? s.size("num_global_key_value_heads", sizes.kvHeads()) : sizes.kvHeads();
    int[] kvHeads = new int[sizes.layers()];
    for (int i = 0; i < kvHeads.length; i++) {
      kvHeads[i] = sliding[i] ? sizes.kvHeads() : global;
    }
    return kvHeads;
  }

  private static int[] feedForwardSizes(Settings s, Sizes sizes, int sharing) {
    int[] feedForward = new int[sizes.layers()];
    Arrays.fill(feedForward, sizes.feedForwardSize());
    if (s.flag("use_double_wide_mlp", false)) {
      Arrays.fill(
          feedForward, sizes.layers() - sharing, sizes.layers(), 2 * sizes.feedForwardSize());
    }
    return feedForward;
  }

  private static Gemma4Config ofGguf(Settings s, Weights weights) {
    Sizes sizes = Sizes.ofGguf(s, weights);
    int layers = sizes.layers();
    int globalHeadSize = sizes.headSize();
    int perLayerSize = s.integerOr("embedding_length_per_layer_input", 0, 0, 1 << 20);
    Sizes local = sizes.withHeadSize(s.headSize("attention.key_length_swa", globalHeadSize));
    boolean[] sliding = Layers.sliding(s, layers, PATTERN);
    int global = 0;
    while (global < layers && sliding[global]) {
      global++;
    }
    return new Gemma4Config(
            local,
            sliding,
            s.size("attention.sliding_window"),
            s.sizes("attention.head_count_kv", layers),
            s.sizes("feed_forward_length", layers),
            globalHeadSize,
            layers > global && !weights.block(global).has("attention.value"),
            s.integerOr("attention.shared_kv_layers", 0, 0, layers - 1),
            perLayerSize,
            perLayerSize > 0 ? weights.rows("perLayer.embedding") : 0,
            s.integerOr("expert_count", 0, 0, 1 << 16) > 0
                ? Experts.of(s, "expert_count", "expert_used_count", "expert_feed_forward_length")
                : Experts.NONE,
            Rope.standard(local.headSize(), s.positive("rope.freq_base_swa", LOCAL_THETA)),
            Ropes.ofGguf(s, weights.ropeFactors(globalHeadSize / 2), globalHeadSize, false),
            (float) s.positive("final_logit_softcapping", 0),
            // Not recorded: the published sizes that do not have per-layer embeddings.
            perLayerSize == 0)
        .checked(s, "attention.shared_kv_layers");
  }
}
