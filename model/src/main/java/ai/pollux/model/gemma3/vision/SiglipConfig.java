package ai.pollux.model.gemma3.vision;

import ai.pollux.model.loading.Settings;

/**
 * The tower's sizes.
 *
 * @param hiddenSize D
 * @param layers how many blocks
 * @param heads H
 * @param feedForwardSize F
 * @param patchSize P, in pixels
 * @param side of the grid of patches
 * @param pooling the side of a square of patches that become one row
 * @param epsilon ε of its norms
 */
record SiglipConfig(
    int hiddenSize,
    int layers,
    int heads,
    int feedForwardSize,
    int patchSize,
    int side,
    int pooling,
    float epsilon) {
  private static final int POOLING = 4;

  /** From {@code config.json} and its {@code vision_config}. */
  static SiglipConfig ofHuggingFace(Settings whole) {
    Settings s = whole.section("vision_config");
    s.expect("hidden_act", "gelu_pytorch_tanh");
    s.integerOr("num_channels", 3, 3, 3);
    s.refuse("vision_use_head", "Gemma 3 uses the patches, not SigLIP's summary of them");
    int hiddenSize = s.size("hidden_size", 768);
    int patchSize = s.integerOr("patch_size", 16, 1, 1024);
    int side = side(s, s.integerOr("image_size", 224, 1, 1 << 14), patchSize);
    int tokens = whole.size("mm_tokens_per_image", 256);
    int pooling = side / (int) Math.sqrt(tokens);
    if (pooling == 0 || (long) pooling * pooling * tokens != (long) side * side) {
      throw whole.wrong(
          "mm_tokens_per_image",
          "the number of equal squares that %d x %d patches make".formatted(side, side));
    }
    return new SiglipConfig(
        hiddenSize,
        s.integerOr("num_hidden_layers", 12, 1, 4096),
        heads(s, "num_attention_heads", s.size("num_attention_heads", 12), hiddenSize),
        s.size("intermediate_size", 3072),
        patchSize,
        side,
        pooling,
        (float) s.positive("layer_norm_eps", 1e-6));
  }

  /** From {@code clip.vision}. */
  static SiglipConfig ofGguf(Settings s) {
    int hiddenSize = s.size("embedding_length");
    int patchSize = s.integer("patch_size", 1, 1024);
    int side = side(s, s.integer("image_size", 1, 1 << 14), patchSize);
    int pooling = s.size("projector.scale_factor", POOLING);
    if (side % pooling != 0) {
      throw s.wrong("projector.scale_factor", "a divisor of %d patches".formatted(side));
    }
    return new SiglipConfig(
        hiddenSize,
        s.layers("block_count"),
        heads(s, "attention.head_count", s.size("attention.head_count"), hiddenSize),
        s.size("feed_forward_length"),
        patchSize,
        side,
        pooling,
        (float) s.positive("attention.layer_norm_epsilon"));
  }

  private static int side(Settings s, int imageSize, int patchSize) {
    if (imageSize % patchSize != 0) {
      throw s.wrong("image_size", "a multiple of the patch size, %d".formatted(patchSize));
    }
    return imageSize / patchSize;
  }

  private static int heads(Settings s, String key, int heads, int hiddenSize) {
    if (hiddenSize % heads != 0) {
      throw s.wrong(key, "a divisor of the hidden size, %d".formatted(hiddenSize));
    }
    return heads;
  }
}
