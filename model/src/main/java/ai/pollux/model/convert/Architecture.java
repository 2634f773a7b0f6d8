package ai.pollux.model.convert;

import static ai.pollux.model.checkpoint.MetadataValue.float32;
import static ai.pollux.model.checkpoint.MetadataValue.uint32;

import ai.pollux.model.checkpoint.GgufType;
import ai.pollux.model.checkpoint.GgufWriter;
import ai.pollux.model.checkpoint.MetadataValue;
import ai.pollux.model.gemma3n.ActivationSparsity;
import ai.pollux.model.loading.Layers;
import ai.pollux.model.loading.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a GGUF says of a model's architecture, out of a {@code config.json}: the keys that
 * llama.cpp's converter writes.
 *
 * @param name as GGUF spells it
 * @param settings those of the text model
 */
record Architecture(String name, Settings settings) {
  private static final String SLIDING = "sliding_attention";
  private static final String FULL = "full_attention";
  private static final String PATTERN = "attention.sliding_window_pattern";

  /** Every so many layers of Gemma 3 one sees all. */
  private static final int USUAL_PERIOD = 6;

  /** How many blocks. */
  int blocks() {
    return settings.layers("num_hidden_layers");
  }

  void describe(GgufWriter writer) {
    common(writer);
    switch (name) {
      case "llama" -> llama(writer);
      case "qwen3" -> scaling(writer);
      case "gemma3" -> gemma3(writer);
      case "gemma3n" -> gemma3n(writer);
      case "gemma4" -> gemma4(writer);
      default -> throw settings.whole().wrong("model_type", "a model of a family that has a GGUF");
    }
  }

  private void common(GgufWriter writer) {
    boolean isGemma = name.startsWith("gemma");
    int heads = settings.size("num_attention_heads", isGemma ? 8 : 32);
    int hidden = settings.size("hidden_size");
    int kvHeads = settings.size("num_key_value_heads", isGemma ? 4 : heads);
    size(writer, "block_count", blocks());
    size(writer, "context_length", settings.size("max_position_embeddings", 131_072));
    size(writer, "embedding_length", hidden);
    if (!settings.isList("intermediate_size")) {
      size(writer, "feed_forward_length", settings.size("intermediate_size"));
    }
    size(writer, "attention.head_count", heads);
    size(writer, "attention.head_count_kv", kvHeads);
    number(writer, "attention.layer_norm_rms_epsilon", settings.positive("rms_norm_eps", 1e-6));
    number(writer, "rope.freq_base", theta(FULL, "rope_theta", isGemma ? 1_000_000 : 10_000));
    heads(writer, "", settings.headSize("head_dim", isGemma ? 256 : hidden / heads));
  }

  private void heads(GgufWriter writer, String suffix, int size) {
    size(writer, "attention.key_length" + suffix, size);
    size(writer, "attention.value_length" + suffix, size);
  }

  private void llama(GgufWriter writer) {
    int heads = settings.size("num_attention_heads", 32);
    size(writer, "vocab_size", settings.size("vocab_size"));
    size(
        writer,
        "rope.dimension_count",
        settings.headSize("head_dim", settings.size("hidden_size") / heads));
    scaling(writer);
  }

  /** Linear scaling is a key; Llama 3's rule is a tensor of factors. */
  private void scaling(GgufWriter writer) {
    String key = settings.has("rope_parameters") ? "rope_parameters" : "rope_scaling";
    if (settings.has(key)) {
      Settings rope = settings.section(key);
      rope = rope.has(FULL) ? rope.section(FULL) : rope;
      if (rope.text("rope_type", rope.text("type", "default")).equals("linear")) {
        writer.put(name + ".rope.scaling.type", MetadataValue.text("linear"));
        number(writer, "rope.scaling.factor", rope.positive("factor"));
      }
    }
  }

  private void gemma3(GgufWriter writer) {
    common3(writer);
    boolean[] sliding = Layers.sliding(settings, blocks(), USUAL_PERIOD);
    int period = 1;
    while (period <= sliding.length && sliding[period - 1]) {
      period++;
    }
    if (Arrays.equals(sliding, Layers.everyNth(sliding.length, USUAL_PERIOD))) {
      return; // what readers take where the file does not say
    }
    if (Arrays.equals(sliding, Layers.everyNth(sliding.length, period))) {
      size(writer, PATTERN, period);
    } else {
      pattern(writer, sliding);
    }
  }

  private void common3(GgufWriter writer) {
    number(writer, "rope.freq_base_swa", theta(SLIDING, "rope_local_base_freq", 10_000));
    size(writer, "attention.sliding_window", settings.size("sliding_window", 4096));
    softcap(writer);
    scaling(writer);
  }

  private void gemma3n(GgufWriter writer) {
    int layers = blocks();
    common3(writer);
    size(writer, "altup.active_idx", settings.integerOr("altup_active_idx", 0, 0, 63));
    size(writer, "altup.num_inputs", settings.size("altup_num_inputs", 4));
    size(
        writer,
        "embedding_length_per_layer_input",
        settings.size("hidden_size_per_layer_input", 256));
    size(
        writer,
        "attention.shared_kv_layers",
        settings.integerOr("num_kv_shared_layers", Math.min(15, layers - 1), 0, layers - 1));
    List<MetadataValue> deviations = new ArrayList<>();
    for (float each : ActivationSparsity.deviations(settings, layers)) {
      deviations.add(float32(each));
    }
    put(writer, "activation_sparsity_scale", MetadataValue.array(GgufType.FLOAT32, deviations));
    pattern(writer, Layers.sliding(settings, layers, 5));
    List<MetadataValue> feedForward = new ArrayList<>();
    for (int each : settings.sizes("intermediate_size", layers)) {
      feedForward.add(int32(each));
    }
    put(writer, "feed_forward_length", MetadataValue.array(GgufType.INT32, feedForward));
  }

  private void pattern(GgufWriter writer, boolean[] sliding) {
    List<MetadataValue> pattern = new ArrayList<>();
    for (boolean each : sliding) {
      pattern.add(MetadataValue.flag(each));
    }
    put(writer, PATTERN, MetadataValue.array(GgufType.BOOL, pattern));
  }

  private void gemma4(GgufWriter writer) {
    int layers = blocks();
    boolean[] sliding = Layers.sliding(settings, layers, 6);
    int sharing = settings.integerOr("num_kv_shared_layers", 0, 0, layers - 1);
    int local = settings.headSize("head_dim", 256);
    int global = settings.headSize("global_head_dim", 512);
    number(writer, "rope.freq_base_swa", theta(SLIDING, "rope_local_base_freq", 10_000));
    size(writer, "attention.sliding_window", settings.size("sliding_window", 512));
    softcap(writer);
    size(writer, "attention.shared_kv_layers", sharing);
    size(
        writer,
        "embedding_length_per_layer_input",
        settings.integerOr("hidden_size_per_layer_input", isUnified() ? 0 : 256, 0, 1 << 20));
    heads(writer, "", global);
    heads(writer, "_swa", local);
    size(writer, "rope.dimension_count", global);
    size(writer, "rope.dimension_count_swa", local);
    pattern(writer, sliding);
    List<MetadataValue> kvHeads = new ArrayList<>();
    List<MetadataValue> feedForward = new ArrayList<>();
    int few = settings.size("num_key_value_heads", 4);
    int width = settings.size("intermediate_size");
    for (int i = 0; i < layers; i++) {
      kvHeads.add(int32(sliding[i] ? few : settings.size("num_global_key_value_heads", few)));
      feedForward.add(int32(i < layers - sharing ? width : 2 * width));
    }
    if (settings.has("num_global_key_value_heads")) {
      put(writer, "attention.head_count_kv", MetadataValue.array(GgufType.INT32, kvHeads));
    }
    if (settings.flag("use_double_wide_mlp", false)) {
      put(writer, "feed_forward_length", MetadataValue.array(GgufType.INT32, feedForward));
    }
    if (settings.flag("enable_moe_block", false)) {
      size(writer, "expert_count", settings.size("num_experts"));
      size(writer, "expert_used_count", settings.size("top_k_experts"));
      size(writer, "expert_feed_forward_length", settings.size("moe_intermediate_size"));
    }
  }

  private boolean isUnified() {
    return settings.text("model_type", "").startsWith("gemma4_unified");
  }

  private void softcap(GgufWriter writer) {
    if (settings.has("final_logit_softcapping")) {
      number(writer, "final_logit_softcapping", settings.positive("final_logit_softcapping"));
    }
  }

  /** The base of a rotation, which newer files have by type of layer. */
  private double theta(String type, String key, double otherwise) {
    if (settings.has("rope_parameters")) {
      Settings rope = settings.section("rope_parameters");
      rope = rope.has(type) ? rope.section(type) : rope;
      return rope.positive("rope_theta", settings.positive(key, otherwise));
    }
    return settings.positive(key, otherwise);
  }

  private void size(GgufWriter writer, String key, int value) {
    put(writer, key, uint32(value));
  }

  private void number(GgufWriter writer, String key, double value) {
    put(writer, key, float32(value));
  }

  private void put(GgufWriter writer, String key, MetadataValue value) {
    writer.put(name + "." + key, value);
  }

  private static MetadataValue int32(int value) {
    return new MetadataValue.Whole(GgufType.INT32, value);
  }
}
