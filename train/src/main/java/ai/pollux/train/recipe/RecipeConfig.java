package ai.pollux.train.recipe;

import ai.pollux.content.tokenizer.Tokenizer;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The {@code config.json} of a recipe, as published checkpoints of the family have it. */
final class RecipeConfig {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final float EPSILON = 1e-6f;

  /** The token that each key of the file names. */
  private static final Map<String, String> TOKENS =
      Map.of(
          "image_token_id", "<|image|>",
          "audio_token_id", "<|audio|>",
          "video_token_id", "<|video|>",
          "boi_token_id", "<|image>",
          "eoi_token_id", "<image|>",
          "boa_token_id", "<|audio>",
          "eoa_token_index", "<audio|>");

  private RecipeConfig() {}

  static ObjectNode of(Recipe recipe, Tokenizer tokenizer) {
    ObjectNode config = JSON.createObjectNode();
    config.putArray("architectures").add("Gemma4UnifiedForConditionalGeneration");
    config.put("model_type", "gemma4_unified");
    config.put("dtype", "float32");
    config.put("tie_word_embeddings", true);
    TOKENS.keySet().stream()
        .sorted()
        .forEach(key -> config.put(key, id(tokenizer, TOKENS.getOrDefault(key, ""))));
    ArrayNode ends = config.putArray("eos_token_id");
    List.of("<eos>", "<turn|>").forEach(end -> ends.add(id(tokenizer, end)));
    config.set("text_config", text(recipe, tokenizer));
    config.set("vision_config", vision(recipe));
    config.set("audio_config", audio(recipe));
    return config;
  }

  static int id(Tokenizer tokenizer, String piece) {
    return tokenizer
        .id(piece)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the tokenizer has no token %s, which a model of this family needs. Leave it to pollux train, which learns one"
                    .formatted(piece)));
  }

  private static ObjectNode text(Recipe recipe, Tokenizer tokenizer) {
    ObjectNode text = JSON.createObjectNode();
    text.put("model_type", "gemma4_unified_text");
    text.put("vocab_size", recipe.vocabulary());
    text.put("hidden_size", recipe.hiddenSize());
    text.put("intermediate_size", recipe.feedForwardSize());
    text.put("num_hidden_layers", recipe.layers());
    text.put("num_attention_heads", recipe.heads());
    text.put("num_key_value_heads", recipe.kvHeads());
    text.put("num_global_key_value_heads", recipe.globalKvHeads());
    text.put("head_dim", recipe.headSize());
    text.put("global_head_dim", 2 * recipe.headSize());
    ArrayNode types = text.putArray("layer_types");
    recipe.layerTypes().forEach(types::add);
    text.put("sliding_window", recipe.window());
    text.put("max_position_embeddings", recipe.contextLength());
    text.put("final_logit_softcapping", 30.0);
    text.put("attention_k_eq_v", true);
    text.put("use_bidirectional_attention", "vision");
    text.put("hidden_activation", "gelu_pytorch_tanh");
    text.put("rms_norm_eps", EPSILON);
    text.put("num_kv_shared_layers", 0);
    text.put("use_double_wide_mlp", false);
    text.put("tie_word_embeddings", true);
    text.put("pad_token_id", id(tokenizer, "<pad>"));
    text.put("eos_token_id", id(tokenizer, "<eos>"));
    text.put("bos_token_id", id(tokenizer, "<bos>"));
    ObjectNode ropes = text.putObject("rope_parameters");
    ropes.putObject("sliding_attention").put("rope_type", "default").put("rope_theta", 10_000.0);
    ropes
        .putObject("full_attention")
        .put("rope_type", "proportional")
        .put("partial_rotary_factor", 0.25)
        .put("rope_theta", 1_000_000.0);
    return text;
  }

  private static ObjectNode vision(Recipe recipe) {
    ObjectNode vision = JSON.createObjectNode();
    vision.put("model_type", "gemma4_unified_vision");
    vision.put("patch_size", recipe.patchSize());
    vision.put("pooling_kernel_size", Recipe.MERGED);
    vision.put("mm_embed_dim", recipe.patchEmbeddingSize());
    vision.put("mm_posemb_size", recipe.patchPositions());
    vision.put("output_proj_dims", recipe.patchEmbeddingSize());
    vision.put("rms_norm_eps", EPSILON);
    return vision;
  }

  private static ObjectNode audio(Recipe recipe) {
    return JSON.createObjectNode()
        .put("model_type", "gemma4_unified_audio")
        .put("audio_embed_dim", recipe.sound().width())
        .put("rms_norm_eps", EPSILON);
  }
}
