package ai.pollux.model.convert;

import ai.pollux.model.checkpoint.Checkpoint;
import ai.pollux.model.gemma3n.ActivationSparsity;
import ai.pollux.model.loading.Layers;
import ai.pollux.model.loading.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The {@code config.json} of a decoder, out of what its GGUF says: {@link Architecture} the other
 * way round.
 *
 * @param name of the architecture as GGUF spells it
 * @param settings what the file says of it
 * @param checkpoint whose tensors tell the rest
 */
record FolderConfig(String name, Settings settings, Checkpoint checkpoint) {
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";
  private static final int LAYERS_OF_27B = 62;

  /** All settings, by name. */
  Map<String, Object> settings(String type) {
    Map<String, Object> config = new LinkedHashMap<>();
    common(config);
    switch (name) {
      case "llama" -> llama(config);
      case "qwen3" -> qwen3(config);
      case "gemma3" -> gemma3(config);
      case "gemma3n" -> gemma3n(config);
      case "gemma4" -> gemma4(config);
      default ->
          throw settings
              .whole()
              .wrong("general.architecture", "a family that has a Hugging Face folder");
    }
    config.put("dtype", type);
    return new TreeMap<>(config);
  }

  private int blocks() {
    return settings.layers("block_count");
  }

  private long rows(String tensor) {
    return checkpoint.entry(tensor).shape().getFirst();
  }

  private boolean isTied() {
    return !checkpoint.contains("output.weight");
  }

  private int heads() {
    return settings.size("attention.head_count");
  }

  private int headSize() {
    int size = Math.max(1, settings.size("embedding_length") / heads());
    return settings.headSize("attention.key_length", size);
  }

  private void common(Map<String, Object> config) {
    config.put("hidden_size", settings.size("embedding_length"));
    config.put("num_hidden_layers", blocks());
    config.put("num_attention_heads", heads());
    config.put("num_key_value_heads", kvHeads()[0]);
    config.put("intermediate_size", settings.sizes("feed_forward_length", blocks())[0]);
    config.put("head_dim", headSize());
    config.put("max_position_embeddings", settings.size("context_length"));
    config.put("rms_norm_eps", shortest(settings.positive("attention.layer_norm_rms_epsilon")));
    config.put("vocab_size", rows("token_embd.weight"));
    config.put("tie_word_embeddings", isTied());
    config.put("attention_bias", false);
    for (String token : List.of("bos", "eos", "pad")) {
      String key = "tokenizer.ggml.%s_token_id".formatted(token.equals("pad") ? "padding" : token);
      if (settings.whole().has(key)) {
        config.put(token + "_token_id", settings.whole().integer(key, 0, Integer.MAX_VALUE));
      }
    }
  }

  private int[] kvHeads() {
    return settings.has("attention.head_count_kv")
        ? settings.sizes("attention.head_count_kv", blocks())
        : new int[] {heads()};
  }

  private void named(Map<String, Object> config, String architecture, String type) {
    config.put("architectures", List.of(architecture));
    config.put("model_type", type);
  }

  private void llama(Map<String, Object> config) {
    named(config, "LlamaForCausalLM", "llama");
    config.put("hidden_act", "silu");
    config.put("mlp_bias", false);
    double theta = settings.positive("rope.freq_base", 10_000);
    config.put("rope_parameters", rope(theta));
    if (checkpoint.contains("rope_freqs.weight")) {
      float[] factors = checkpoint.entry("rope_freqs.weight").values();
      config.put("rope_parameters", BandedRope.fitting(settings, factors, theta).parameters());
    }
  }

  private void qwen3(Map<String, Object> config) {
    named(config, "Qwen3ForCausalLM", "qwen3");
    config.put("hidden_act", "silu");
    config.put("use_sliding_window", false);
    config.put("rope_parameters", rope(settings.positive("rope.freq_base", 10_000)));
  }

  /** The base, and the linear scaling of the layers that see all. */
  private Map<String, Object> rope(double theta) {
    Map<String, Object> rope = new TreeMap<>();
    rope.put("rope_theta", theta);
    rope.put("rope_type", "default");
    if (settings.text("rope.scaling.type", "none").equals("linear")) {
      rope.put("rope_type", "linear");
      rope.put("factor", settings.positive("rope.scaling.factor"));
    }
    return rope;
  }

  private void gemma(Map<String, Object> config, int period) {
    boolean[] sliding = Layers.sliding(settings, blocks(), period);
    List<String> types = new ArrayList<>();
    for (boolean each : sliding) {
      types.add(each ? SLIDING : FULL);
    }
    config.put("layer_types", types);
    config.put("hidden_activation", "gelu_pytorch_tanh");
    config.put("sliding_window", settings.size("attention.sliding_window"));
    double local = settings.positive("rope.freq_base_swa", 10_000);
    config.put(
        "rope_parameters",
        Map.of(
            FULL,
            rope(settings.positive("rope.freq_base", 1_000_000)),
            SLIDING,
            Map.of("rope_theta", local, "rope_type", "default")));
    if (settings.has("final_logit_softcapping")) {
      config.put("final_logit_softcapping", settings.positive("final_logit_softcapping"));
    }
  }

  private void gemma3(Map<String, Object> config) {
    named(config, "Gemma3ForCausalLM", "gemma3_text");
    gemma(config, 6);
    int size = blocks() == LAYERS_OF_27B ? settings.size("embedding_length") / heads() : headSize();
    config.put("query_pre_attn_scalar", size);
  }

  private void perLayer(Map<String, Object> config) {
    int size = settings.integerOr("embedding_length_per_layer_input", 0, 0, 1 << 20);
    config.put("hidden_size_per_layer_input", size);
    String table = "per_layer_token_embd.weight";
    config.put("vocab_size_per_layer_input", size > 0 ? rows(table) : rows("token_embd.weight"));
    config.put(
        "num_kv_shared_layers",
        settings.integerOr("attention.shared_kv_layers", 0, 0, blocks() - 1));
  }

  private void gemma3n(Map<String, Object> config) {
    named(config, "Gemma3nForCausalLM", "gemma3n_text");
    gemma(config, 5);
    perLayer(config);
    List<Integer> widths = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    List<Number> deviations = settings.list("activation_sparsity_scale", blocks(), Number.class);
    int[] feedForward = settings.sizes("feed_forward_length", blocks());
    for (int i = 0; i < feedForward.length; i++) {
      widths.add(feedForward[i]);
      // Shares are written with few digits; the rest is the rounding of the deviation.
      double share = ActivationSparsity.share(deviations.get(i).floatValue());
      shares.add(Math.rint(share * 1e5) / 1e5);
    }
    config.put("intermediate_size", widths);
    config.put("activation_sparsity_pattern", shares);
    int streams = settings.integerOr("altup.num_inputs", 4, 1, 64);
    config.put("altup_num_inputs", streams);
    config.put("altup_active_idx", settings.integerOr("altup.active_idx", 0, 0, streams - 1));
    config.put("altup_correct_scale", true);
    config.put("altup_coef_clip", 120.0);
    config.put("laurel_rank", rows("blk.0.laurel_l.weight"));
  }

  private void gemma4(Map<String, Object> config) {
    named(config, "Gemma4ForCausalLM", "gemma4_text");
    gemma(config, 6);
    perLayer(config);
    boolean[] sliding = Layers.sliding(settings, blocks(), 6);
    int[] kvHeads = settings.sizes("attention.head_count_kv", blocks());
    boolean sharesKeys = false;
    for (int i = 0; i < sliding.length; i++) {
      config.put(sliding[i] ? "num_key_value_heads" : "num_global_key_value_heads", kvHeads[i]);
      sharesKeys |= !sliding[i] && !checkpoint.contains("blk.%d.attn_v.weight".formatted(i));
    }
    config.put("attention_k_eq_v", sharesKeys);
    config.put("global_head_dim", headSize());
    config.put("head_dim", settings.headSize("attention.key_length_swa", headSize()));
    int[] widths = settings.sizes("feed_forward_length", blocks());
    config.put("use_double_wide_mlp", widths[widths.length - 1] == 2 * widths[0]);
    boolean isMixed = settings.integerOr("expert_count", 0, 0, 1 << 16) > 0;
    config.put("enable_moe_block", isMixed);
    if (isMixed) {
      config.put("num_experts", settings.size("expert_count"));
      config.put("top_k_experts", settings.size("expert_used_count"));
      config.put("moe_intermediate_size", settings.size("expert_feed_forward_length"));
    }
    Map<String, Object> full = new TreeMap<>(rope(settings.positive("rope.freq_base", 1_000_000)));
    full.put("rope_type", "proportional");
    full.put("partial_rotary_factor", turning());
    double local = settings.positive("rope.freq_base_swa", 10_000);
    Map<String, Object> slid = Map.of("rope_theta", local, "rope_type", "default");
    config.put("rope_parameters", Map.of(FULL, full, SLIDING, slid));
  }

  /** The share of pairs that a global layer turns. */
  private double turning() {
    if (!checkpoint.contains("rope_freqs.weight")) {
      return 1;
    }
    float[] factors = checkpoint.entry("rope_freqs.weight").values();
    int turning = 0;
    while (turning < factors.length && factors[turning] == 1) {
      turning++;
    }
    return (double) turning / factors.length;
  }

  /** A number as it was before it was rounded to 32 bits. */
  private static double shortest(double value) {
    return Double.parseDouble(Float.toString((float) value));
  }
}
